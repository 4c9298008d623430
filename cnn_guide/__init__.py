"""Convolutional networks from the inside: padding, convolution and pooling in NumPy."""
