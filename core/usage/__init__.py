"""What language models cost: tokens and money, call by call, and what each call sent out."""
