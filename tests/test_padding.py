import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_guide import conv2d, output_size, pad2d, padding_amounts, pixel_use

sizes = st.integers(1, 12)
kernels = st.tuples(st.integers(1, 7), st.integers(1, 7))
strides = st.tuples(st.integers(1, 3), st.integers(1, 3))
amounts = st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2)


def test_valid_adds_nothing():
    assert padding_amounts((28, 28), 3, padding="valid") == ((0, 0), (0, 0))


@pytest.mark.parametrize("kind", [list, np.array])
def test_explicit_amounts_come_back(kind):
    amounts = kind([(1, 2), (3, 0)])
    assert padding_amounts((28, 28), 3, padding=amounts) == ((1, 2), (3, 0))
    assert pad2d(np.ones((2, 2)), amounts).shape == (5, 5)
    assert output_size(28, 3, padding=kind([1, 2])) == 29


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "dilation", "expected"),
    [
        (28, 3, 1, 1, (1, 1)),
        (28, 5, 1, 1, (2, 2)),
        (28, 4, 1, 1, (1, 2)),  # k - 1 in all, the odd one behind
        (28, 3, 2, 1, (0, 1)),  # 14 outputs: the last window covers 26, 27 and one pad
        (29, 3, 2, 1, (1, 1)),
        (28, 2, 2, 1, (0, 0)),
        (28, 2, 3, 1, (0, 1)),
        (28, 3, 1, 2, (2, 2)),
        (4, 1, 3, 1, (0, 0)),  # a stride larger than the kernel needs none
    ],
)
def test_same_by_hand(size, kernel, stride, dilation, expected):
    result = padding_amounts(size, kernel, stride, "same", dilation)
    assert result == (expected, expected)


@settings(deadline=None, max_examples=60)
@given(sizes, sizes, kernels, strides, st.integers(1, 3))
def test_same_is_tensorflows(height, width, kernel, stride, dilation):
    image = np.random.default_rng(0).random((1, height, width, 1), np.float32)
    weights = np.random.default_rng(1).random((*kernel, 1, 1), np.float32) / 10
    padded = pad2d(image, padding_amounts((height, width), kernel, stride, "same", dilation))
    expected = tf.nn.conv2d(image, weights, stride, "SAME", dilations=dilation)
    result = tf.nn.conv2d(padded, weights, stride, "VALID", dilations=dilation)
    np.testing.assert_allclose(result, expected, atol=1e-5)


@settings(deadline=None, max_examples=60)
@given(sizes, sizes, kernels)
def test_same_at_stride_1_adds_one_less_than_the_kernel(height, width, kernel):
    added = padding_amounts((height, width), kernel, padding="same")
    assert tuple(map(sum, added)) == (kernel[0] - 1, kernel[1] - 1)


@settings(deadline=None)
@given(sizes, sizes, amounts, st.integers(-9, 9))
def test_pad2d_by_loops(height, width, frame, value):
    (top, bottom), (left, right) = frame
    image = np.arange(height * width).reshape(height, width)
    padded = pad2d(image, frame, value)
    assert padded.shape == (top + height + bottom, left + width + right)
    for row in range(padded.shape[0]):
        for column in range(padded.shape[1]):
            inside = top <= row < top + height and left <= column < left + width
            expected = image[row - top, column - left] if inside else value
            assert padded[row, column] == expected


@pytest.mark.parametrize("batch", [(), (2,), (2, 3)])
def test_pad2d_leaves_batch_and_channels_alone(batch):
    images = np.random.default_rng(0).random((*batch, 4, 5, 3))
    padded = pad2d(images, ((1, 2), (0, 3)))
    assert padded.shape == (*batch, 7, 8, 3)
    for place in np.ndindex(*batch):
        for channel in range(3):
            expected = pad2d(images[place][..., channel], ((1, 2), (0, 3)))
            np.testing.assert_array_equal(padded[place][..., channel], expected)


def test_pad2d_is_keras_zero_padding():
    images = np.random.default_rng(0).random((2, 4, 5, 3), np.float32)
    expected = keras.layers.ZeroPadding2D(((1, 2), (0, 3)))(images)
    np.testing.assert_array_equal(pad2d(images, ((1, 2), (0, 3))), expected)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32, np.float64])
def test_pad2d_keeps_the_dtype(dtype):
    assert pad2d(np.ones((2, 2), dtype), ((1, 1), (1, 1))).dtype == dtype


def test_pad2d_never_returns_the_image_itself():
    image = np.ones((2, 2))
    pad2d(image, ((0, 0), (0, 0)))[:] = 5
    assert image.max() == 1


def test_pixel_use_by_hand():
    same = pixel_use((5, 5), 3, padding="same")
    assert same[0].tolist() == [4, 6, 6, 6, 4]
    assert same[2].tolist() == [6, 9, 9, 9, 6]
    assert pixel_use((4, 4), 2, stride=2).tolist() == [[1] * 4] * 4
    assert pixel_use((5, 5), 2, stride=2)[4].tolist() == [0] * 5  # the last row is never read


@settings(deadline=None)
@given(sizes, sizes, kernels, strides, amounts | st.sampled_from(["valid", "same"]))
def test_pixel_use_by_loops(height, width, kernel, stride, padding):
    height, width = max(height, kernel[0]), max(width, kernel[1])
    (top, bottom), (left, right) = padding_amounts((height, width), kernel, stride, padding)
    expected = np.zeros((height, width), int)
    for row in range(-top, height + bottom - kernel[0] + 1, stride[0]):
        for column in range(-left, width + right - kernel[1] + 1, stride[1]):
            for i in range(row, row + kernel[0]):
                for j in range(column, column + kernel[1]):
                    if 0 <= i < height and 0 <= j < width:
                        expected[i, j] += 1
    np.testing.assert_array_equal(pixel_use((height, width), kernel, stride, padding), expected)


@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (3, 2), (4, 1), ((5, 2), 1), (2, 3)])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_pixel_use_counts_the_outputs_of_tensorflow_that_a_pixel_reaches(kernel, stride, padding):
    height, width = 7, 6
    one_pixel_each = np.eye(height * width, dtype=np.float32).reshape(-1, height, width, 1)
    ones = np.ones((*np.broadcast_to(kernel, 2), 1, 1), np.float32)
    reached = tf.nn.conv2d(one_pixel_each, ones, stride, padding.upper())
    expected = np.sum(reached, axis=(1, 2, 3)).reshape(height, width)
    np.testing.assert_allclose(pixel_use((7, 6), kernel, stride, padding), expected, atol=1e-5)


def test_pixel_use_adds_up_to_the_pixels_read():
    use = pixel_use((9, 7), (3, 2), 2, ((1, 0), (0, 1)))
    outputs = conv2d(np.ones((9, 7)), np.ones((3, 2)), stride=2, padding=((1, 0), (0, 1)))
    assert use.sum() == outputs.sum()


def test_unknown_padding_word():
    with pytest.raises(ValueError, match=r"padding 'full' is not known: use 'valid', 'same'"):
        padding_amounts((4, 4), 3, padding="full")


def test_one_number_as_padding():
    with pytest.raises(ValueError, match=r"padding 1 is not known: .*\(\(top, bottom\)"):
        padding_amounts((4, 4), 3, padding=1)


def test_padding_of_one_axis_for_an_image():
    with pytest.raises(ValueError, match=r"padding 1 is not known"):
        padding_amounts((4, 4), 3, padding=(1, 1))


def test_one_padding_word_for_each_axis():
    with pytest.raises(ValueError, match=r"padding \('valid', 'same'\) is not known"):
        padding_amounts((4, 4), 3, padding=("valid", "same"))


def test_negative_padding():
    with pytest.raises(ValueError, match=r"padding -1 does not work: .* at least 0"):
        padding_amounts((4, 4), 3, padding=((0, -1), (0, 0)))


def test_pad2d_negative_amount():
    with pytest.raises(ValueError, match="padding -1 does not work"):
        pad2d(np.ones((4, 4)), ((-1, 0), (0, 0)))


def test_pad2d_of_a_word():
    with pytest.raises(ValueError, match="'same' is no amount: see padding_amounts"):
        pad2d(np.ones((4, 4)), "same")


def test_pad2d_of_one_row_of_numbers():
    with pytest.raises(ValueError, match=r"image \(4,\) has no rows and columns"):
        pad2d(np.ones(4), ((1, 1), (1, 1)))


@pytest.mark.parametrize("name", ["kernel", "stride", "dilation"])
@pytest.mark.parametrize("value", [0, -1, 1.5, True, None, (1, 0), (2, 1.0)])
def test_not_a_whole_number_of_at_least_1(name, value):
    arguments = {"kernel": 3, "padding": "same"} | {name: value}
    with pytest.raises(ValueError, match=rf"{name} .* does not work: .* at least 1"):
        padding_amounts((4, 4), **arguments)


def test_stride_of_three_numbers():
    with pytest.raises(ValueError, match=r"stride \(1, 1, 1\) is not .*: use \(rows, columns\)"):
        padding_amounts((4, 4), 3, stride=(1, 1, 1))


def test_pixel_use_kernel_larger_than_the_image():
    with pytest.raises(ValueError, match=r"kernel \(5, 5\) does not fit the padded image \(4, 4\)"):
        pixel_use((4, 4), 5)
