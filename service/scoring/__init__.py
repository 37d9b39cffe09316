"""What would become of a text? By the protocols that programs speak already; nothing is stored."""
