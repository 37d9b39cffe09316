"""What a comment costs while everything around it grows a thousandfold."""
