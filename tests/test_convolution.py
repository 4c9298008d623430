import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from cnn_guide import (
    conv1d,
    conv2d,
    conv_parameters,
    dense_parameters,
    output_size,
    padding_amounts,
)

FOUR_BY_FOUR = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])

kernels = st.tuples(st.integers(1, 7), st.integers(1, 7))
up_to_3 = st.tuples(st.integers(1, 3), st.integers(1, 3))
amounts = st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2)
seeds = st.integers(0, 2**32 - 1)


@st.composite
def shapes(draw, kernel, dilation=(1, 1), padding="valid"):
    """Draw (height, width), large enough for the kernel where the padding does not see to it."""
    free = draw(st.tuples(st.integers(0, 6), st.integers(0, 6)))
    if padding == "same":
        return (free[0] + 1, free[1] + 1)
    return tuple((k - 1) * d + 1 + f for k, d, f in zip(kernel, dilation, free, strict=True))


def conv2d_by_loops(image, kernel, bias, stride, padding, dilation):
    """Spell the definition out: one image (height, width, channels), all filters."""
    rows, columns, channels, filters = kernel.shape
    shape = image.shape[:2]
    sides = padding_amounts(shape, (rows, columns), stride, padding, dilation)
    (top, _), (left, _) = sides
    height, width = (
        output_size(*axis)
        for axis in zip(shape, (rows, columns), stride, sides, dilation, strict=True)
    )
    output = np.zeros((height, width, filters), np.result_type(image, kernel))
    for row in range(height):
        for column in range(width):
            for number in range(filters):
                total = bias[number]
                for i in range(rows):
                    for j in range(columns):
                        y = row * stride[0] + i * dilation[0] - top
                        x = column * stride[1] + j * dilation[1] - left
                        if 0 <= y < shape[0] and 0 <= x < shape[1]:
                            for channel in range(channels):
                                weight = kernel[i, j, channel, number]
                                total += image[y, x, channel] * weight
                output[row, column, number] = total
    return output


@st.composite
def whole_number_cases(draw):
    kernel, stride, dilation = draw(kernels), draw(up_to_3), draw(up_to_3)
    padding = draw(amounts | st.sampled_from(["valid", "same"]))
    shape = draw(shapes(kernel, dilation, padding))
    channels, filters = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    random = np.random.default_rng(draw(seeds))
    image = random.integers(-9, 10, (*shape, channels))
    weights = random.integers(-9, 10, (*kernel, channels, filters))
    return image, weights, random.integers(-9, 10, filters), stride, padding, dilation


@settings(deadline=None, max_examples=60)
@given(whole_number_cases())
def test_conv2d_by_loops(case):
    result = conv2d(*case)
    expected = conv2d_by_loops(*case)
    assert result.shape == expected.shape
    np.testing.assert_array_equal(result, expected)


@settings(deadline=None, max_examples=150)
@given(st.data(), kernels, up_to_3, up_to_3, st.sampled_from(["valid", "same"]), seeds)
def test_conv2d_is_tensorflows(data, kernel, stride, dilation, padding, seed):
    shape = data.draw(shapes(kernel, dilation, padding))
    channels, filters = data.draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    random = np.random.default_rng(seed)
    # One image: with oneDNN, TensorFlow 2.21 leaves numbers of the second image unset where one
    # channel, unequal strides and an output one column wide come together.
    images = random.random((1, *shape, channels), np.float32)
    weights = random.uniform(-0.5, 0.5, (*kernel, channels, filters)).astype(np.float32)
    bias = random.random(filters, np.float32)
    expected = tf.nn.conv2d(images, weights, stride, padding.upper(), dilations=dilation) + bias
    result = conv2d(images, weights, bias, stride, padding, dilation)
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, expected, atol=1e-5)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(
    ("kernel", "stride", "dilation"),
    [
        (1, 1, 1),
        (3, 1, 1),
        (4, 1, 1),
        (3, 2, 1),
        (2, 3, 1),
        ((5, 2), (1, 2), 1),
        (7, 3, 1),
        (3, 1, 2),
        ((2, 3), 1, (3, 1)),
    ],
)
def test_conv2d_is_the_keras_layer(kernel, stride, dilation, padding):
    images = np.random.default_rng(0).random((2, 11, 9, 3), np.float32)
    layer = keras.layers.Conv2D(4, kernel, stride, padding, dilation_rate=dilation)
    layer.build(images.shape)
    layer.bias.assign([0.1, -0.2, 0.3, 0])
    weights, bias = layer.get_weights()
    result = conv2d(images, weights, bias, stride, padding, dilation)
    np.testing.assert_allclose(result, layer(images), atol=1e-5)


def test_keras_refuses_stride_and_dilation_together():
    # The docstring of conv2d says so: this fails when Keras changes its mind.
    with pytest.raises(ValueError, match="not supported in conjunction with `dilation_rate > 1`"):
        keras.ops.conv(np.ones((1, 9, 9, 1)), np.ones((3, 3, 1, 1)), 2, dilation_rate=2)
    assert conv2d(np.ones((9, 9)), np.ones((3, 3)), stride=2, dilation=2).shape == (3, 3)


@settings(deadline=None, max_examples=60)
@given(st.data(), kernels, seeds)
def test_conv2d_is_scipys_correlation(data, kernel, seed):
    shape = data.draw(shapes(kernel))
    random = np.random.default_rng(seed)
    image, weights = random.normal(size=shape), random.normal(size=kernel)
    np.testing.assert_allclose(
        conv2d(image, weights), correlate2d(image, weights, "valid"), atol=1e-12
    )
    around = ((kernel[0] - 1,) * 2, (kernel[1] - 1,) * 2)
    np.testing.assert_allclose(
        conv2d(image, weights, padding=around), correlate2d(image, weights, "full"), atol=1e-12
    )


def test_conv2d_by_hand():
    kernel = np.array([[2, 0, 1], [0, 1, 0], [0, 0, 2]])
    # 2*3 + 0 + 4 + 2*1, 2*1 + 7 + 8 + 2*1, 2*6 + 8 + 5 + 2*5, 2*4 + 2 + 1 + 2*8
    assert conv2d(FOUR_BY_FOUR, kernel).tolist() == [[12, 19], [35, 27]]


def test_conv2d_does_not_flip_the_kernel():
    assert conv2d([[1, 2], [3, 4]], [[1, 0], [0, 0]]).tolist() == [[1]]


@settings(deadline=None, max_examples=30)
@given(st.data(), st.integers(1, 4), seeds)
def test_one_hot_1x1_kernel_is_the_identity(data, channels, seed):
    shape = data.draw(shapes((1, 1)))
    image = np.random.default_rng(seed).normal(size=(*shape, channels))
    kernel = np.eye(channels)[np.newaxis, np.newaxis]
    np.testing.assert_array_equal(conv2d(image, kernel), image)


@settings(deadline=None, max_examples=60)
@given(st.data(), kernels, up_to_3, st.sampled_from(["valid", "same"]), seeds)
def test_shifting_the_image_by_one_stride_shifts_the_output_by_one(
    data, kernel, stride, padding, seed
):
    shape = data.draw(shapes(kernel))
    random = np.random.default_rng(seed)
    image = random.integers(-9, 10, (shape[0] + 9, shape[1] + 9))
    weights = random.integers(-9, 10, kernel)
    (top, bottom), (left, right) = padding_amounts(image.shape, kernel, stride, padding)
    shifted = np.roll(image, stride, axis=(0, 1))
    before = conv2d(image, weights, None, stride, ((top, bottom), (left, right)))
    after = conv2d(shifted, weights, None, stride, ((top, bottom), (left, right)))
    # Windows that touch the padding, or what np.roll brought in from the other side, are left out.
    first = [-(-ends[0] // s) + 1 for ends, s in zip(((top,), (left,)), stride, strict=True)]
    last = [
        (size + start - k) // s
        for size, start, k, s in zip(image.shape, (top, left), kernel, stride, strict=True)
    ]
    assume(first[0] <= last[0] and first[1] <= last[1])
    np.testing.assert_array_equal(
        after[first[0] : last[0] + 1, first[1] : last[1] + 1],
        before[first[0] - 1 : last[0], first[1] - 1 : last[1]],
    )


def test_batch_is_each_image_alone():
    random = np.random.default_rng(0)
    images, kernel = random.random((2, 3, 6, 5, 2)), random.random((3, 2, 2, 4))
    result = conv2d(images, kernel, padding="same")
    assert result.shape == (2, 3, 6, 5, 4)
    for place in np.ndindex(2, 3):
        np.testing.assert_array_equal(result[place], conv2d(images[place], kernel, padding="same"))


def test_flat_kernel_is_one_channel_and_one_filter():
    random = np.random.default_rng(0)
    images, kernel = random.random((3, 6, 5)), random.random((3, 2))
    expected = conv2d(images[..., np.newaxis], kernel[:, :, np.newaxis, np.newaxis], [0.5])
    np.testing.assert_array_equal(conv2d(images, kernel, 0.5), expected[..., 0])


def test_empty_batch_gives_an_empty_batch():
    assert conv2d(np.ones((0, 6, 5, 2)), np.ones((3, 3, 2, 4))).shape == (0, 4, 3, 4)


def test_conv2d_leaves_its_arguments_alone():
    image, kernel, bias = np.ones((4, 4, 1)), np.ones((1, 1, 1, 1)), np.ones(1)
    conv2d(image, kernel, bias)[:] = 7
    assert image.max() == kernel.max() == bias.max() == 1


@pytest.mark.parametrize(
    ("image", "kernel", "bias", "expected"),
    [
        (np.float32, np.float32, np.float32, np.float32),
        (np.float32, np.float64, np.float64, np.float32),  # as a Keras layer would
        (np.float32, np.int64, np.int64, np.float32),
        (np.float64, np.float32, np.float32, np.float64),
        (np.int64, np.int64, np.int64, np.int64),
        (np.uint8, np.int8, np.int8, np.int64),
        (np.uint8, np.float32, np.float32, np.float32),
        (np.uint8, np.int8, np.float64, np.float64),
    ],
)
def test_dtype(image, kernel, bias, expected):
    image = np.ones((4, 4, 1), image)
    kernel = np.ones((3, 3, 1, 2), kernel)
    assert conv2d(image, kernel, np.ones(2, bias)).dtype == expected
    signal = conv1d(image[0, :, 0], kernel[0, :, 0, 0], np.ones((), bias))
    assert signal.dtype == expected


def test_dtype_without_bias_is_that_of_image_and_kernel():
    image, kernel = np.ones((4, 4), np.uint8), np.ones((3, 3), np.float32)
    assert conv2d(image, kernel).dtype == conv1d(image[0], kernel[0]).dtype == np.float32


def test_small_whole_numbers_do_not_wrap():
    image = np.full((3, 3), 255, np.uint8)
    assert conv2d(image, np.full((3, 3), 2, np.uint8)).item() == 255 * 2 * 9
    assert conv1d(image[0], np.array([2, 2, 2], np.uint8)).item() == 255 * 2 * 3
    assert conv2d(image > 0, np.ones((3, 3), bool)).item() == 9


def test_conv1d_by_hand():
    signal = [3, 1, 0, 7, 6, 4, 8, 2, 4, 5]
    assert conv1d(signal, [1, 2, 3]).tolist() == [5, 22, 32, 31, 38, 26, 24, 25]
    assert conv1d(signal, [1, 2, 3], bias=10).tolist() == [15, 32, 42, 41, 48, 36, 34, 35]
    same = conv1d(signal, [1, 2, 3], padding="same").tolist()
    assert same == [9, 5, 22, 32, 31, 38, 26, 24, 25, 14]


@settings(deadline=None, max_examples=60)
@given(
    *[st.integers(1, 7)] * 2, *[st.integers(1, 3)] * 2, st.sampled_from(["valid", "same"]), seeds
)
def test_conv1d_is_tensorflows(kernel, free, stride, dilation, padding, seed):
    size = free if padding == "same" else (kernel - 1) * dilation + free
    random = np.random.default_rng(seed)
    signal = random.random(size, np.float32)
    weights = random.uniform(-0.5, 0.5, kernel).astype(np.float32)
    expected = tf.nn.conv2d(
        signal[np.newaxis, :, np.newaxis, np.newaxis],
        weights[:, np.newaxis, np.newaxis, np.newaxis],
        (stride, 1),
        padding.upper(),
        dilations=(dilation, 1),
    )[0, :, 0, 0]
    result = conv1d(signal, weights, 0, stride, padding, dilation)
    np.testing.assert_allclose(result, expected, atol=1e-5)


def test_conv1d_is_one_row_of_conv2d():
    random = np.random.default_rng(0)
    signal, kernel = random.integers(-9, 10, 12), random.integers(-9, 10, 4)
    expected = conv2d([signal], [kernel], 3, (1, 2), ((0, 0), (2, 1)), (1, 3))
    np.testing.assert_array_equal(conv1d(signal, kernel, 3, 2, (2, 1), 3), expected[0])


def test_output_size_by_hand():
    assert output_size(10, 3) == 8
    assert output_size(4, 3, padding=(1, 1)) == 4
    assert output_size(28, 3, stride=2) == 13
    assert output_size(28, 3, stride=2, padding="same") == 14
    assert output_size(7, 3, dilation=3) == 1


@settings(deadline=None)
@given(
    *[st.integers(1, 20), st.integers(1, 7), st.integers(1, 4)],
    st.tuples(st.integers(0, 3), st.integers(0, 3)) | st.just("same"),
    st.integers(1, 3),
)
def test_output_size_counts_the_places_of_the_kernel(size, kernel, stride, padding, dilation):
    ends = padding_amounts(size, kernel, stride, "same", dilation)[0]
    before, after = ends if padding == "same" else padding
    last = (kernel - 1) * dilation
    places = range(-before, size + after - last, stride)
    assume(places)
    assert output_size(size, kernel, stride, padding, dilation) == len(places)
    if padding == "same":
        assert len(places) == -(-size // stride)


def test_parameters_are_those_of_the_keras_layers():
    conv, dense = keras.layers.Conv2D(5, (3, 2)), keras.layers.Dense(7)
    conv.build((None, 8, 8, 4))
    dense.build((None, 11))
    assert conv_parameters((3, 2), channels=4, filters=5) == conv.count_params()
    assert dense_parameters(11, 7) == dense.count_params()


def test_conv2d_kernel_larger_than_padded_image():
    with pytest.raises(ValueError, match=r"kernel \(5, 5\) does not fit the padded image \(4, 4\)"):
        conv2d(np.ones((4, 4)), np.ones((5, 5)))
    with pytest.raises(ValueError, match=r"kernel \(7, 7\) does not fit the padded image \(6, 6\)"):
        conv2d(np.ones((4, 4)), np.ones((7, 7)), padding=((1, 1), (1, 1)))


def test_conv2d_dilated_kernel_larger_than_padded_image():
    with pytest.raises(ValueError, match=r"kernel \(5, 5\) does not fit .*: add padding or use"):
        conv2d(np.ones((4, 4)), np.ones((3, 3)), dilation=2)


def test_conv1d_kernel_larger_than_padded_signal():
    with pytest.raises(ValueError, match=r"kernel \(5,\) does not fit"):
        conv1d([1, 2, 3], [1, 2, 3, 4, 5])


def test_output_size_kernel_larger_than_padded_axis():
    with pytest.raises(ValueError, match="does not fit"):
        output_size(4, 5)


def test_conv2d_depths_differ():
    with pytest.raises(ValueError, match=r"is 1 channels deep, image \(8, 8, 3\) has 3: give both"):
        conv2d(np.ones((8, 8, 3)), np.ones((3, 3, 1, 4)))


def test_conv2d_image_without_channels():
    with pytest.raises(ValueError, match=r"image \(8, 8\) has no channels .* image\[\.\.\., np"):
        conv2d(np.ones((8, 8)), np.ones((3, 3, 1, 4)))


def test_conv2d_image_of_one_row_of_numbers():
    with pytest.raises(ValueError, match=r"image \(8,\) is too flat"):
        conv2d(np.ones(8), np.ones((3, 3)))


@pytest.mark.parametrize("shape", [(), (3,), (3, 3, 1), (3, 3, 1, 1, 1), (0, 3), (3, 3, 0, 1)])
def test_conv2d_kernel_shape(shape):
    with pytest.raises(ValueError, match=r"kernel .* does not work: give \(height, width\) or"):
        conv2d(np.ones((8, 8, 1)), np.ones(shape))


@pytest.mark.parametrize("bias", [0.5, [1.0], [1.0, 2.0, 3.0], [[1.0, 2.0]]])
def test_conv2d_bias_shape(bias):
    with pytest.raises(ValueError, match=r"bias .* one number for each filter, shape \(2,\)"):
        conv2d(np.ones((8, 8, 1)), np.ones((3, 3, 1, 2)), bias)


def test_conv2d_unknown_padding():
    with pytest.raises(ValueError, match="padding 'full' is not known"):
        conv2d(np.ones((8, 8)), np.ones((3, 3)), padding="full")


@pytest.mark.parametrize("name", ["stride", "dilation"])
def test_conv2d_step_of_0(name):
    with pytest.raises(ValueError, match=f"{name} 0 does not work"):
        conv2d(np.ones((8, 8)), np.ones((3, 3)), **{name: 0})


def test_conv1d_of_an_image():
    with pytest.raises(ValueError, match=r"signal \(8, 8\) .* use conv2d for images"):
        conv1d(np.ones((8, 8)), np.ones(3))


@pytest.mark.parametrize("name", ["size", "kernel", "stride", "dilation"])
def test_output_size_not_a_whole_number_of_at_least_1(name):
    with pytest.raises(ValueError, match=f"{name} 2.0 does not work: use a whole number"):
        output_size(**{"size": 8, "kernel": 3, name: 2.0})


def test_parameters_of_no_filters():
    with pytest.raises(ValueError, match="filters 0 does not work"):
        conv_parameters(3, 1, 0)
    with pytest.raises(ValueError, match="units 0 does not work"):
        dense_parameters(3, 0)
