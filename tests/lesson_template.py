# ruff: noqa: E402, E501
# Copy this file to docs/<section>/<name>.py, remove these four lines, and write your lesson over
# it. It is a whole lesson: a test reads and executes it. What each part is for stands in
# docs/contributing.py. A link to another lesson is relative: [패딩](padding.py#how-many).

# %% [markdown] lang="ko"
# # 평균을 내는 커널 {#averaging}
#
# 이 수업을 마치면
#
# - 이웃의 평균을 내는 커널(kernel)을 만들 수 있고,
# - 그 커널이 이미지를 왜 흐리게 하는지 숫자로 말할 수 있으며,
# - 평균 풀링(average pooling)과 무엇이 같은지 알게 됩니다.
#
# ## 무엇이 남을까요? {#what-stays}
#
# 값이 모두 1/9인 (3, 3) 커널을 가운데 한 칸만 9인 입력 위로 옮깁니다. 출력은 어떤 모양일까요?
# 먼저 생각해 보세요.

# %% [markdown] lang="en"
# # A kernel that averages {#averaging}
#
# After this lesson you can
#
# - make a kernel that averages neighbours,
# - say in numbers why it blurs an image,
# - tell what it has in common with average pooling.
#
# ## What stays? {#what-stays}
#
# Move a (3, 3) kernel whose values are all 1/9 over an input that is 9 in its middle cell and 0 elsewhere.
# What does the output look like? Think first.

# %%
import numpy as np

from cnn_guide import conv2d

dot = np.zeros((5, 5), np.float32)
dot[2, 2] = 9
average = np.full((3, 3), 1 / 9, np.float32)
blurred = conv2d(dot, average, padding="same")
print(np.round(blurred, 1))

# %% [markdown] lang="ko"
# 한 칸의 9가 {{ round(blurred.max()) }}이 되어 {{ (blurred > 0.5).sum() }}칸으로 퍼졌습니다. 합은 {{ round(blurred.sum()) }} 그대로입니다.
# 커널의 값을 모두 더하면 1이기 때문입니다.

# %% [markdown] lang="en"
# The 9 of one cell has become {{ round(blurred.max()) }} and spread over {{ (blurred > 0.5).sum() }} cells. The sum is still {{ round(blurred.sum()) }},
# because the values of the kernel add up to 1.

# %% alt_ko="점 하나와 흐려진 점. 가장 큰 값은 9에서 {{ round(blurred.max()) }}로 줄었습니다." alt_en="A dot and the blurred dot. The largest value fell from 9 to {{ round(blurred.max()) }}."
import matplotlib.pyplot as plt

fig, axs = plt.subplots(1, 2, figsize=(6, 3))
for ax, image in zip(axs, (dot, blurred), strict=True):
    ax.imshow(image, cmap="gray_r", vmin=0, vmax=9)
    ax.axis("off")

plt.show()

# %% [markdown] lang="ko"
# ## Keras와 비교하기 {#check}
#
# 한 칸씩 움직이는 (3, 3) 평균 풀링도 같은 계산일까요? Keras의 층과 비교합니다.

# %% [markdown] lang="en"
# ## Checked against Keras {#check}
#
# Is a (3, 3) average pooling that moves one step at a time the same computation? Compare with Keras' layer.

# %%
import keras

image = np.random.default_rng(0).normal(size=(8, 8)).astype("float32")
pooling = keras.layers.AveragePooling2D(3, strides=1)
pooled = pooling(image[np.newaxis, ..., np.newaxis]).numpy()[0, ..., 0]
worst = np.abs(conv2d(image, average) - pooled).max()
print(f"largest difference {worst:.1e}")

# %% [markdown] lang="ko"
# 가장 큰 차이는 {{ f"{worst:.1e}" }}, float32의 반올림 오차일 뿐입니다.
#
# ## 연습 문제 {#exercises}
#
# ??? quiz "(5, 5) 커널로 이웃의 평균을 내려면 값을 몇 분의 1로 해야 하나요? 분모를 적으세요."
#     `{{ 5 * 5 }}`
#
#     값이 모두 같고 더해서 1이 되어야 합니다.

# %% [markdown] lang="en"
# The largest difference is {{ f"{worst:.1e}" }}: rounding in float32, nothing more.
#
# ## Exercises {#exercises}
#
# ??? quiz "A (5, 5) kernel is to average neighbours: one over what is each of its values? Give the number below the line."
#     `{{ 5 * 5 }}`
#
#     All values are equal, and they have to add up to 1.
