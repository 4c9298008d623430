"""Figures of the lessons: arrays in, a matplotlib figure out, its label the alternative text."""

from cnn_guide.figures.results import (
    class_accuracy_figure,
    confusion_figure,
    gallery_figure,
    history_figure,
    probabilities_figure,
    seeds_figure,
)
from cnn_guide.figures.windows import (
    channels_figure,
    conv1d_figure,
    convolution_figure,
    convolution_steps_figure,
    dense_vs_conv_figure,
    edge_figure,
    padding_figure,
    pixel_use_figure,
    pooling_figure,
    stride_figure,
)

__all__ = [
    "channels_figure",
    "class_accuracy_figure",
    "confusion_figure",
    "conv1d_figure",
    "convolution_figure",
    "convolution_steps_figure",
    "dense_vs_conv_figure",
    "edge_figure",
    "gallery_figure",
    "history_figure",
    "padding_figure",
    "pixel_use_figure",
    "pooling_figure",
    "probabilities_figure",
    "seeds_figure",
    "stride_figure",
]
