"""Convolutional networks from the inside: padding, convolution and pooling in NumPy."""

from cnn_guide.convolution import conv1d, conv2d, conv_parameters, dense_parameters, output_size
from cnn_guide.padding import pad2d, padding_amounts, pixel_use
from cnn_guide.pooling import avg_pool2d, max_pool2d

__all__ = [
    "avg_pool2d",
    "conv1d",
    "conv2d",
    "conv_parameters",
    "dense_parameters",
    "max_pool2d",
    "output_size",
    "pad2d",
    "padding_amounts",
    "pixel_use",
]
