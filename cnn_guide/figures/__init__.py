"""Figures of the lessons: arrays in, a matplotlib figure out, its label the alternative text."""

from cnn_guide.figures.maps import (
    feature_maps_figure,
    grad_cam_figure,
    kernel_and_map_figure,
    kernel_grid_figure,
    occlusion_figure,
    responses_figure,
    traced_pixel_figure,
    weights_histogram_figure,
)
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
    "feature_maps_figure",
    "gallery_figure",
    "grad_cam_figure",
    "history_figure",
    "kernel_and_map_figure",
    "kernel_grid_figure",
    "occlusion_figure",
    "padding_figure",
    "pixel_use_figure",
    "pooling_figure",
    "probabilities_figure",
    "responses_figure",
    "seeds_figure",
    "stride_figure",
    "traced_pixel_figure",
    "weights_histogram_figure",
]
