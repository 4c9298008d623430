# %% [markdown] lang="ko"
# # 이 사이트의 실행 {#run}
#
# 이 안내서에 나오는 정확도(accuracy)와 커널(kernel), 특성 맵(feature map)은 모두 **훈련 한 번**에서 나왔습니다. 시드(seed)를 바꾸어 비교하는 [훈련 수업](classification/training.py#why-different)의
# 실행과, 수업에서 그 자리에서 잠깐 훈련하는 작은 모델만 예외입니다. 그 한 번의 훈련을 실행(run)이라고 부르고, 무엇으로 어떻게 훈련했는지를 이 페이지에 적습니다.

# %% [markdown] lang="en"
# # The run of this site {#run}
#
# Every accuracy, kernel and feature map of a trained network in this guide comes from **a single training**. The exceptions are the runs of other seeds that the [lesson on training](classification/training.py#why-different)
# compares, and small models that a lesson trains briefly on the spot. That single training is called the run, and this page records what it was made from, and how.

# %%
from cnn_guide.training import find_or_train

run = find_or_train()
data, timing = run.manifest["data"], run.manifest["timing"]
run.id

# %% [markdown] lang="ko"
# 이 이름은 신경망의 구조와 훈련 방법, 시드, 데이터, 라이브러리 버전을 모두 합쳐 구한 해시입니다. 하나라도 바뀌면 이름이 바뀌고, 사이트를 만들 때 새로 훈련합니다.
#
# ## 무엇으로 {#made-from}
#
# | 항목 | 값 |
# | --- | --- |
# | 이름 | `{{ run.id }}` |
# | 데이터 | {{ "함께 들어 있는 표본" if run.is_sample else "Fashion-MNIST 전체" }} |
# | 찾은 곳 | `{{ data["source"] }}` |
# | 데이터의 SHA-256 | `{{ data["digest"][:16] }}`… |
# | 훈련 세트(training set) | {{ f"{data['training_images']:,}" }}장 |
# | 검증 세트(validation set) | {{ f"{data['validation_images']:,}" }}장 |
# | 테스트 세트(test set) | {{ f"{data['test_images']:,}" }}장 |
# | 시드 | {{ run.manifest["seed"] }} |
# | 프로세서 | {{ run.manifest["processor"]["name"] }}, 코어 {{ run.manifest["processor"]["cores"] }}개 |
# | 가중치(weight)의 SHA-256 | `{{ run.manifest["weights_sha256"][:16] }}`… |
#
# ## 결과 {#results}
#
# | 항목 | 값 |
# | --- | --- |
# | 훈련한 에포크(epoch) | {{ run.epochs }} |
# | 남긴 가중치의 에포크 | {{ run.best_epoch }} |
# | 검증 손실(loss) | {{ f"{run.val_loss:.4f}" }} |
# | 검증 정확도 | {{ f"{run.val_accuracy:.4f}" }} |
# | 테스트 손실 | {{ f"{run.test_loss:.4f}" }} |
# | 테스트 정확도 | {{ f"{run.test_accuracy:.4f}" }} |
# | 시작한 때 | {{ timing["started"] }} |
# | 걸린 시간 | {{ f"{timing['seconds']:.0f}" }}초 |
#
# 에포크마다의 손실과 정확도, 걸린 시간(초)입니다.

# %% [markdown] lang="en"
# This name is a hash of the network, the way it is trained, the seed, the data and the versions of the libraries. Change any of them, and the name changes, and building the site trains again.
#
# ## Made from {#made-from}
#
# | Item | Value |
# | --- | --- |
# | Name | `{{ run.id }}` |
# | Data | {{ "the bundled sample" if run.is_sample else "all of Fashion-MNIST" }} |
# | Found in | `{{ data["source"] }}` |
# | SHA-256 of the data | `{{ data["digest"][:16] }}`… |
# | Training set | {{ f"{data['training_images']:,}" }} images |
# | Validation set | {{ f"{data['validation_images']:,}" }} images |
# | Test set | {{ f"{data['test_images']:,}" }} images |
# | Seed | {{ run.manifest["seed"] }} |
# | Processor | {{ run.manifest["processor"]["name"] }}, cores: {{ run.manifest["processor"]["cores"] }} |
# | SHA-256 of the weights | `{{ run.manifest["weights_sha256"][:16] }}`… |
#
# ## Results {#results}
#
# | Item | Value |
# | --- | --- |
# | Epochs trained | {{ run.epochs }} |
# | Epoch of the weights that were kept | {{ run.best_epoch }} |
# | Validation loss | {{ f"{run.val_loss:.4f}" }} |
# | Validation accuracy | {{ f"{run.val_accuracy:.4f}" }} |
# | Test loss | {{ f"{run.test_loss:.4f}" }} |
# | Test accuracy | {{ f"{run.test_accuracy:.4f}" }} |
# | Started | {{ timing["started"] }} |
# | Time taken | {{ f"{timing['seconds']:.0f}" }} seconds |
#
# Loss and accuracy of each epoch, and the seconds that it took:

# %%
columns = ("loss", "accuracy", "val_loss", "val_accuracy")
print("epoch", *(f"{name:>12}" for name in columns), "seconds")
for epoch in range(run.epochs):
    values = (f"{run.history[name][epoch]:12.4f}" for name in columns)
    print(f"{epoch + 1:5}", *values, f"{timing['seconds_per_epoch'][epoch]:7.1f}")

# %% [markdown] lang="ko"
# ## 버전 {#versions}
#
# 훈련할 때의 버전과, 지금 수업의 코드를 실행한 버전입니다.

# %% [markdown] lang="en"
# ## Versions {#versions}
#
# The versions with which the run was trained, and those that have now executed the code of the lessons.

# %%
from importlib.metadata import version
from platform import python_version

trained = run.manifest["versions"]
executed = {"python": python_version()}
for name in ("numpy", "matplotlib", "scikit-learn", "keras", "tensorflow"):
    executed[name] = version(name)
print(f"{'':14}{'run':10}lessons")
for name, number in executed.items():
    print(f"{name:14}{trained.get(name, '-'):10}{number}")

# %% [markdown] lang="ko"
# ## 같은 실행 만들기 {#again}
#
# 저장소를 내려받아 설치한 다음 이 명령을 실행하면, 같은 훈련을 찾거나 새로 하고 기록을 출력합니다.
#
# ```
# python -m cnn_guide.training
# ```
#
# 같은 프로세서와 같은 버전에서는 가중치가 **비트 하나까지** 같습니다. 위의 SHA-256으로 확인할 수 있습니다. 다른 컴퓨터에서는 덧셈의 순서가 달라 숫자가 조금 다를 수 있습니다.
# 왜 그런지, 얼마나 다른지는 [훈련 수업](classification/training.py#why-different)에서 잽니다.
#
# 파이썬에서는 이렇게 꺼내 씁니다. 실행은 사용자 캐시 폴더에 남으므로 훈련은 처음 한 번만 합니다.
#
# ```python
# from cnn_guide.training import find_or_train
#
# run = find_or_train()
# run.model, run.history, run.test_accuracy
# ```
#
# ## 이 실행을 쓰는 페이지 {#used-by}
#
# - 이미지 분류: [데이터](classification/data.py), [훈련](classification/training.py), [평가](classification/evaluation.py)
# - 시각화: [커널과 가중치](visualization/kernels.py), [함수형 API](visualization/functional_api.py), [특성 맵](visualization/feature_maps.py), [맵이 반응하는 것](visualization/responses.py)
# - 그 밖에: [첫 페이지](index.py), [흔한 오해](misconceptions.py)
#
# ## 기록 전체 {#manifest}
#
# 실행과 함께 저장된 기록 그대로입니다.

# %% [markdown] lang="en"
# ## The same run again {#again}
#
# Clone the repository and install it. This command then finds the same training, or repeats it, and prints its record.
#
# ```
# python -m cnn_guide.training
# ```
#
# On the same processor with the same versions the weights are equal **to the last bit**; compare the SHA-256 above. Another computer may add in another order, and then the numbers differ a little.
# The [lesson on training](classification/training.py#why-different) measures why, and by how much.
#
# In Python, get it like this. The run stays in the user's cache folder, so it is trained only the first time.
#
# ```python
# from cnn_guide.training import find_or_train
#
# run = find_or_train()
# run.model, run.history, run.test_accuracy
# ```
#
# ## Pages that use this run {#used-by}
#
# - Classification: [Data](classification/data.py), [Training](classification/training.py), [Evaluation](classification/evaluation.py)
# - Visualisation: [Kernels and weights](visualization/kernels.py), [The functional API](visualization/functional_api.py), [Feature maps](visualization/feature_maps.py), [What maps respond to](visualization/responses.py)
# - Also: [the front page](index.py), [Common misconceptions](misconceptions.py)
#
# ## The whole record {#manifest}
#
# As it was saved with the run.

# %% output="json"
import json

print(json.dumps(run.manifest, indent=1))
