"""What is true of comments with or without HTTP, Redis or scikit-learn."""
