import subprocess
import sys

import cnn_guide


def test_the_numpy_functions_need_neither_keras_nor_matplotlib():
    program = (
        "import sys, cnn_guide\n"
        "[getattr(cnn_guide, name) for name in cnn_guide.__all__]\n"
        "heavy = {'keras', 'tensorflow', 'matplotlib', 'sklearn', 'scipy'}\n"
        "print(heavy & set(sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "set()"


def test_public_names():
    assert sorted(cnn_guide.__all__) == [
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
