# %% [markdown] lang="ko"
# # 합성곱 신경망 안내서 {#guide}
#
# [패딩](components/padding.py)부터 시작하세요.

# %% [markdown] lang="en"
# # A guide to convolutional networks {#guide}
#
# Start with [padding](components/padding.py).
