import keras
import numpy as np
import pytest

from cnn_guide import conv2d, fashion_mnist, inspection, max_pool2d, model


@pytest.fixture(scope="module")
def network():
    """The network with random biases, so that a forgotten one shows."""
    keras.utils.set_random_seed(0)
    network = model.build()
    rng = np.random.default_rng(0)
    for layer in network.layers:
        if layer.get_weights():
            weights, biases = layer.get_weights()
            layer.set_weights([weights, rng.normal(0, 0.1, biases.shape)])
    return network


@pytest.fixture(scope="module")
def images():
    return fashion_mnist.scale(fashion_mnist.load_sample().test_images[:20])


def relu(values):
    return np.maximum(values, 0)


def test_kernels(network):
    found = inspection.kernels(network, 0)
    assert found.weights.shape == (3, 3, 1, 32)
    assert found.biases.shape == (32,)
    assert found.mean == pytest.approx(network.layers[0].kernel.numpy().mean())
    assert found.std == pytest.approx(network.layers[0].kernel.numpy().std())


@pytest.mark.parametrize(("layer", "limit"), [(0, (9, 288)), (2, (288, 576)), (5, (3136, 100))])
def test_glorot_limit_bounds_what_keras_draws(network, layer, limit):
    weights = network.layers[layer].get_weights()[0]
    bound = inspection.glorot_limit(*limit)
    assert 0.9 * bound < np.abs(weights).max() <= bound
    assert weights.std() == pytest.approx(bound / np.sqrt(3), rel=0.1)


def test_activations_equal_our_own_layers(network, images):
    first, pooled, second = inspection.activations(network, images, [0, 1, 2])
    kernels = inspection.kernels(network, 0)
    ours = relu(conv2d(images, kernels.weights, kernels.biases, padding="same"))
    np.testing.assert_allclose(first, ours, atol=1e-5)
    np.testing.assert_allclose(pooled, max_pool2d(ours), atol=1e-5)
    kernels = inspection.kernels(network, 2)
    ours = relu(conv2d(max_pool2d(ours), kernels.weights, kernels.biases, padding="same"))
    np.testing.assert_allclose(second, ours, atol=1e-5)


def test_activations_of_one_layer_by_name(network, images):
    (maps,) = inspection.activations(network, images, [network.layers[2].name])
    assert maps.shape == (20, 14, 14, 64)


def test_activations_of_images_without_channel(network):
    with pytest.raises(ValueError, match=r"images \(2, 28, 28\) do not fit .*fashion_mnist\.scale"):
        inspection.activations(network, np.zeros((2, 28, 28)), [0])


def test_receptive_field_by_hand(network):
    assert inspection.receptive_field(network, 0, 5, 0) == ((4, 6), (-1, 1))
    assert inspection.receptive_field(network, 1, 5, 0) == ((9, 12), (-1, 2))
    assert inspection.receptive_field(network, 2, 5, 6) == ((7, 14), (9, 16))


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_receptive_field_is_where_a_change_is_felt(network, layer):
    """Change one pixel at a time: exactly those in the receptive field reach the value."""
    both = keras.Model(network.inputs, network.layers[layer].output)
    base = np.random.default_rng(2).uniform(0.4, 0.6, (28, 28, 1)).astype("float32")
    changed = np.repeat(base[np.newaxis], 784, axis=0)
    for place, (row, column) in enumerate(np.ndindex(28, 28)):
        changed[place, row, column] += 5
    row, column = 3, 4
    values = both.predict(changed, verbose=0)[:, row, column]
    unchanged = both.predict(base[np.newaxis], verbose=0)[0, row, column]
    felt = np.abs(values - unchanged).max(axis=1).reshape(28, 28) > 1e-4
    rows, columns = inspection.receptive_field(network, layer, row, column)
    inside = np.zeros((28, 28), bool)
    inside[max(rows[0], 0) : rows[1] + 1, max(columns[0], 0) : columns[1] + 1] = True
    np.testing.assert_array_equal(felt, inside)


def test_strongest_responses(network, images):
    (maps,) = inspection.activations(network, images, [2])
    channel = int(maps.max(axis=(0, 1, 2)).argmax())
    found = inspection.strongest_responses(network, images, 2, channel, count=5)
    assert [one.activation for one in found] == sorted(
        maps[..., channel].max(axis=(1, 2)).tolist(), reverse=True
    )[:5]
    for one in found:
        assert one.patch.shape == (8, 8, 1)
        assert maps[one.image, one.row, one.column, channel] == one.activation


def test_strongest_response_patch_is_cut_from_the_image():
    small = keras.Sequential(
        [keras.Input((6, 6, 1)), keras.layers.Conv2D(1, 3, padding="same", activation="relu")]
    )
    kernel = np.zeros((3, 3, 1, 1))
    kernel[1, 1] = 1
    small.set_weights([kernel, np.zeros(1)])
    images = np.zeros((3, 6, 6, 1))
    images[1, 0, 5] = 2
    images[2, 3, 3] = 1
    first, second = inspection.strongest_responses(small, images, 0, 0)
    assert first[:4] == (1, 0, 5, 2)
    assert first.patch[..., 0].tolist() == [[0, 0, 0], [0, 2, 0], [0, 0, 0]]
    assert second[:4] == (2, 3, 3, 1)


def test_occlusion_map_against_one_cover_at_a_time(network, images):
    found = inspection.occlusion_map(network, images[0], label=9, size=5)
    assert found.shape == (28, 28)
    base = network.predict(images[:1], verbose=0)[0, 9]
    for row, column in ((0, 0), (14, 3), (27, 27)):
        covered = images[:1].copy()
        for i in range(row - 2, row + 3):
            for j in range(column - 2, column + 3):
                if 0 <= i < 28 and 0 <= j < 28:
                    covered[0, i, j] = 0
        expected = network.predict(covered, verbose=0)[0, 9] - base
        assert found[row, column] == pytest.approx(expected, abs=1e-5)


def test_occlusion_with_an_even_cover(network, images):
    with pytest.raises(ValueError, match="size 4 has no middle pixel: use an odd size"):
        inspection.occlusion_map(network, images[0], 0, size=4)


def test_score_slopes_of_a_batch_are_those_of_each_image(network, images):
    labels = [4, 9, 0]
    maps, slopes = inspection.score_slopes(network, images[:3], labels, 2)
    assert maps.shape == slopes.shape == (3, 14, 14, 64)
    for place, label in enumerate(labels):
        one = inspection.score_slopes(network, images[place : place + 1], [label], 2)
        np.testing.assert_allclose(maps[place], one[0][0], atol=1e-6)
        np.testing.assert_allclose(slopes[place], one[1][0], atol=1e-6)


def test_grad_cam_by_hand():
    """One map, doubled by a dense layer at one place only: slopes 2/4 on average."""
    small = keras.Sequential(
        [
            keras.Input((2, 2, 1)),
            keras.layers.Conv2D(2, 1),
            keras.layers.Flatten(),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
    dense = np.zeros((8, 2))
    dense[0, 1] = 2  # place (0, 0), map 0
    dense[7, 1] = -4  # place (1, 1), map 1
    small.set_weights([np.array([[[[1.0, 3.0]]]]), np.zeros(2), dense, np.zeros(2)])
    image = np.array([[[1.0], [2.0]], [[3.0], [-4.0]]], "float32")
    heat = inspection.grad_cam(small, image, label=1, layer=0)
    np.testing.assert_allclose(heat, relu(2 / 4 * image[..., 0] - 4 / 4 * 3 * image[..., 0]))


def test_grad_cam_against_finite_differences(network, images):
    """Move each map of the second layer a little, everywhere, and see the score move."""
    label, step = 4, 1e-2
    (maps,) = inspection.activations(network, images[:1], [2])
    (dense, dense_biases), (last, last_biases) = (
        network.layers[place].get_weights() for place in (5, 7)
    )

    def score(maps):
        flat = max_pool2d(maps).reshape(1, -1).astype("float64")
        return (relu(flat @ dense + dense_biases) @ last + last_biases)[0, label]

    slopes = np.zeros(64)
    for channel in range(64):
        up, down = maps.astype("float64"), maps.astype("float64")
        up[..., channel] += step
        down[..., channel] -= step
        slopes[channel] = (score(up) - score(down)) / (2 * step) / (14 * 14)
    expected = relu((maps[0] * slopes).sum(axis=-1))
    heat = inspection.grad_cam(network, images[0], label, 2)
    np.testing.assert_allclose(heat, expected, atol=0.02 * expected.max())


def test_grad_cam_of_a_model_without_scores(images):
    body = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(2, 3)])
    with pytest.raises(ValueError, match="scores are read off a Dense layer, not off <Conv2D"):
        inspection.grad_cam(body, images[0], 0, 0)
