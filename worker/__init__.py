"""What happens after the answer: scoring what is pending."""
