# %% [markdown] lang="ko"
# # 함께 만들기 {#contributing}
#
# 수업을 고치거나 새로 쓰는 사람을 위한 페이지입니다. 수업 파일 하나를 고치고, 명령 하나를 실행하고, 브라우저에서 두 언어를 읽으면 됩니다.
#
# ## 시작하기 {#start}
#
# 파이썬 3.11부터 3.13 가운데 하나로 가상 환경을 만들고, 그 안에서 설치합니다. 테스트에 필요한 것까지 모두 들어 있습니다.
#
# ```
# python -m pip install -c constraints.txt -e ".[test]"
# mkdocs serve
# ```
#
# `mkdocs serve`는 두 언어를 모두 보여 주고, 파일을 저장하면 다시 만듭니다. 글만 고쳤다면 코드는 실행하지 않고, 코드를 고쳤다면 그 수업만 실행합니다.
#
# ## 수업 쓰기 {#lesson}
#
# 수업 하나는 `docs` 아래의 파이썬 파일 하나입니다. `tests/lesson_template.py`를 복사해 시작하세요. 한국어 칸 바로 뒤에 영어 칸이 오고, 코드 칸은 둘이 함께 씁니다.
#
# ```python
# # %% [markdown] lang="ko"
# # ## 가장자리는 몇 번 읽힐까요? {#how-often}
#
# # %% [markdown] lang="en"
# # ## How often is an edge pixel read? {#how-often}
#
# # %%
# from cnn_guide import pixel_use
#
# use = pixel_use((4, 4), kernel=3)
# use
#
# # %% [markdown] lang="ko"
# # 모서리는 {{ "{" * 2 }} use[0, 0] {{ "}" * 2 }}번입니다.
#
# # %% [markdown] lang="en"
# # Times that the corner is read: {{ "{" * 2 }} use[0, 0] {{ "}" * 2 }}.
# ```
#
# - 제목에는 모두 `{#id}`를 붙입니다. id, 링크, 수식, 코드 블록은 두 언어가 같아야 하고, 다르면 빌드가 멈춥니다.
# - 글에 측정값을 적지 않습니다. 이중 중괄호 안의 식을 그 자리에서 계산해 넣습니다.
# - 다른 수업으로 가는 링크는 그 파일을 가리킵니다. 예: `padding.py#how-many`
# - 코드 칸의 첫 줄에 쓰는 선택 사항: 그림을 설명하는 `alt_ko="..." alt_en="..."`, 출력에 색을 입히는 `output="python"`
# - 한 칸에는 한 가지 주장만 담고, 답보다 질문을 먼저 씁니다.
# - 새 파일은 `mkdocs.yml`과 `mkdocs.en.yml`의 `nav`에 넣습니다.
#
# 연습 문제는 이렇게 씁니다. 첫 번째 코드 조각이 정답이고, 그 뒤는 풀이입니다.
#
# ```
# ??? quiz "(28, 28) 이미지에 (5, 5) 커널이면 출력은 몇 행인가요?"
#     `{{ "{" * 2 }} output_size(28, 5) {{ "}" * 2 }}`
#
#     커널이 놓이는 자리는 28 - 5 + 1곳입니다.
# ```
#
# ## 용어 더하기 {#term}
#
# `docs/terms.yml`에 항목 하나를 더하면 [용어집](glossary.md)과, 수업에서 용어 위에 뜨는 설명이 함께 생깁니다. `lesson`은 그 용어를 설명하는 수업과 제목의 id입니다.
# 한국어 뜻은 합니다체 문장으로 쓰고, 영어 뜻에도 똑같은 내용을 적습니다. `also`에는 검색할 때 쓸 만한 다른 이름을 적습니다.
#
# ```yaml
# - id: stride
#   ko: 스트라이드
#   en: stride
#   lesson: components/stride.py#stride
#   means:
#     ko: 커널이 한 번에 움직이는 칸의 수입니다.
#     en: How many cells the kernel moves at a time.
#   also: {ko: [보폭]}
# ```
#
# ## 그림 고치기 {#figure}
#
# 그림 함수는 `cnn_guide/figures` 아래에 있습니다. 배열을 받아 matplotlib의 Figure를 돌려주고, Keras는 쓰지 않습니다.
#
# 1. 함수에 `@styled`를 붙이고 `finish(figure, alt)`로 끝냅니다. `alt`는 그림을 볼 수 없는 사람이 읽는 설명이며, 데이터에서 만듭니다.
# 2. 그림에 나오는 말은 `cnn_guide/labels.py`의 `WORDS`에 한국어와 영어를 나란히 적고 `text("키")`로 꺼냅니다.
# 3. 새 함수는 `cnn_guide/figures/__init__.py`에 더하고, `tests/test_figures.py`에 테스트를 씁니다.
#
# 입력은 파랑, 커널은 주황, 출력은 초록, 패딩은 빗금 친 회색입니다. 색만으로 구별하지 않고 이름이나 무늬를 함께 씁니다. 그림 함수를 고치면 그것을 불러온 수업만 다시 실행됩니다.
#
# ## 보내기 전에 {#before}
#
# ```
# ruff check && ruff format --check && mypy
# pytest
# ```
#
# 속도를 바꾸었다면 `benchmarks`의 파일을 실행해 보세요. 무엇을 어떻게 재는지는 파일의 첫머리에 있습니다. 예: `python benchmarks/ops.py`
#
# 라이브러리 버전을 올릴 때는 새 가상 환경에서 이 명령으로 `constraints.txt`를 다시 만듭니다.
#
# ```
# python -m pip install -e ".[test]" && python -m pip freeze --exclude-editable > constraints.txt
# ```
#
# ## 오류의 뜻 {#errors}
#
# 수업에 잘못이 있으면 빌드가 멈추고, 모든 수업의 잘못을 한 번에 알려 줍니다. 줄마다 파일과 줄 번호, 몇 번째 칸인지가 나옵니다.
#
# ```
# 2 problems in the lessons:
# docs/components/padding.py:17 (cell 1): links differ: Korean has stride.py, English has none
# docs/components/pooling.py:88 (cell 9): shows a figure without alt text in 'en': …
# ```
#
# | 메시지 | 뜻과 할 일 |
# | --- | --- |
# | `headings differ`, `links differ`, `formulas differ`, `admonitions and tabs differ`, `code blocks differ` | 한국어 칸과 영어 칸이 어긋났습니다. 양쪽에 무엇이 있는지 함께 나오니 같게 고칩니다 |
# | `heading … has no id` | 제목 뒤에 `{#id}`를 붙입니다. 두 언어가 같은 id를 씁니다 |
# | `has no English pair after it` | 한국어 칸 바로 뒤에 영어 칸이 없습니다 |
# | `expected a cell with lang="…" here` | 글 칸에 언어가 없거나 순서가 바뀌었습니다. 한국어가 먼저입니다 |
# | `is not a plain file inside …` | 심벌릭 링크이거나 `docs` 밖의 파일입니다. 파일을 `docs` 안으로 옮깁니다 |
# | 파이썬의 오류 메시지 | 그 칸의 코드, 또는 글 속의 식이 실패했습니다 |
# | `wrote to standard error` | 경고가 나왔습니다. 경고를 숨기지 말고 원인을 고칩니다 |
# | `Glyph … missing` | 그림의 글꼴에 없는 글자입니다. 다른 글자로 바꾸거나 `cnn_guide/assets/font/make.py`로 글꼴에 더합니다 |
# | `shows a figure without alt text` | 그림에 설명이 없습니다. 그림 함수가 만들게 하거나 `alt_ko`와 `alt_en`을 씁니다 |
# | `prints … characters` | 한 칸이 너무 많이 출력합니다. 필요한 것만 출력합니다 |
# | `did not end within … seconds` | 끝나지 않는 칸입니다. 반복이 멈추는지 확인합니다 |
# | `ended its kernel` | 실행하던 프로세스가 죽었습니다. 메모리가 모자랐을 때가 많습니다 |
# | `cannot keep what it computed in …` | 캐시 폴더에 쓸 수 없습니다. 자리를 비우거나 `CNN_GUIDE_CACHE`로 다른 폴더를 정합니다 |
# | `contains a link …, but …` | 링크가 가리키는 파일이나 제목의 id가 없습니다 |
# | `terms.yml: …` | 용어 항목에 빠진 칸이 있거나 id가 겹칩니다 |
# | `… is not the published file` | 데이터 파일이 원래 것과 다릅니다. 지우면 다른 곳에서 찾고, `CNN_GUIDE_DATA`로 폴더를 정할 수도 있습니다 |
# | `no download of Fashion-MNIST` | 오류가 아닙니다. 내려받지 못해 함께 들어 있는 표본을 쓰며, 페이지마다 그렇게 표시됩니다 |
# | `the run in … is damaged` | 저장된 실행이 깨졌습니다. 다시 훈련하므로 따로 할 일은 없습니다 |
# | `cannot keep the run in …` | 실행을 저장하지 못했습니다. 그 폴더에 20 MB를 비우거나 `CNN_GUIDE_CACHE`로 다른 폴더를 정합니다 |

# %% [markdown] lang="en"
# # Contributing {#contributing}
#
# This page is for those who correct a lesson or write a new one. Edit one lesson file, run one command, and read both languages in the browser.
#
# ## Getting started {#start}
#
# Make a virtual environment with Python 3.11, 3.12 or 3.13, and install the package in it. The command also installs all that the tests need.
#
# ```
# python -m pip install -c constraints.txt -e ".[test]"
# mkdocs serve
# ```
#
# `mkdocs serve` shows both languages and builds again when a file is saved. If only prose changed, no code is executed; if code changed, only that lesson is executed.
#
# ## Write a lesson {#lesson}
#
# A lesson is one Python file below `docs`. Start from a copy of `tests/lesson_template.py`. A Korean cell is followed at once by its English one; both share the code cells.
#
# ```python
# # %% [markdown] lang="ko"
# # ## 가장자리는 몇 번 읽힐까요? {#how-often}
#
# # %% [markdown] lang="en"
# # ## How often is an edge pixel read? {#how-often}
#
# # %%
# from cnn_guide import pixel_use
#
# use = pixel_use((4, 4), kernel=3)
# use
#
# # %% [markdown] lang="ko"
# # 모서리는 {{ "{" * 2 }} use[0, 0] {{ "}" * 2 }}번입니다.
#
# # %% [markdown] lang="en"
# # Times that the corner is read: {{ "{" * 2 }} use[0, 0] {{ "}" * 2 }}.
# ```
#
# - Every heading has its `{#id}`. Ids, links, formulas and code blocks are the same in both languages, or the build stops.
# - Prose never holds a measured number. An expression in double braces is computed at its place.
# - A link to another lesson points to its file, as in `padding.py#how-many`.
# - Options on the first line of a code cell: `alt_ko="..." alt_en="..."` describe its figure, `output="python"` highlights what it prints.
# - A cell makes one claim, and the question comes before the answer.
# - Add a new file to `nav` in `mkdocs.yml` and `mkdocs.en.yml`.
#
# An exercise is written like this. The first piece of code is the answer; the explanation follows.
#
# ```
# ??? quiz "(28, 28) 이미지에 (5, 5) 커널이면 출력은 몇 행인가요?"
#     `{{ "{" * 2 }} output_size(28, 5) {{ "}" * 2 }}`
#
#     커널이 놓이는 자리는 28 - 5 + 1곳입니다.
# ```
#
# ## Add a term {#term}
#
# One entry in `docs/terms.yml` adds it to the [glossary](glossary.md), and to the hints that show where a lesson uses it. `lesson` is the lesson that explains the term, with the id of the heading.
# The Korean meaning is a sentence in the 합니다 form, and the English one says the same. `also` holds other names that people search for.
#
# ```yaml
# - id: stride
#   ko: 스트라이드
#   en: stride
#   lesson: components/stride.py#stride
#   means:
#     ko: 커널이 한 번에 움직이는 칸의 수입니다.
#     en: How many cells the kernel moves at a time.
#   also: {ko: [보폭]}
# ```
#
# ## Change a figure {#figure}
#
# The functions that draw are in `cnn_guide/figures`. They take arrays, return a matplotlib Figure, and never use Keras.
#
# 1. A function is marked `@styled` and ends with `finish(figure, alt)`. `alt` is what is read to those who cannot see the figure, made from the data.
# 2. Words in a figure stand in `WORDS` of `cnn_guide/labels.py`, Korean beside English, and come from `text("key")`.
# 3. Add a new function to `cnn_guide/figures/__init__.py`, and a test to `tests/test_figures.py`.
#
# Input is blue, kernel orange, output green, padding grey and hatched. Colour never stands alone: a name or a pattern goes with it. After a change, only the lessons that import the function's module are executed again.
#
# ## Before you send it {#before}
#
# ```
# ruff check && ruff format --check && mypy
# pytest
# ```
#
# If you changed the speed of something, run the files in `benchmarks`. Each says at its top what it measures and how; for example `python benchmarks/ops.py`.
#
# To move to newer libraries, make `constraints.txt` anew, in a fresh virtual environment, with this command.
#
# ```
# python -m pip install -e ".[test]" && python -m pip freeze --exclude-editable > constraints.txt
# ```
#
# ## What the errors mean {#errors}
#
# If something is wrong with a lesson, the build stops and lists the problems of all lessons at once. Each line names the file, the line, and which cell it is.
#
# ```
# 2 problems in the lessons:
# docs/components/padding.py:17 (cell 1): links differ: Korean has stride.py, English has none
# docs/components/pooling.py:88 (cell 9): shows a figure without alt text in 'en': …
# ```
#
# | Message | What it means, and what to do |
# | --- | --- |
# | `headings differ`, `links differ`, `formulas differ`, `admonitions and tabs differ`, `code blocks differ` | The Korean and the English cell do not match. The message shows what each has: make them the same |
# | `heading … has no id` | Put `{#id}` behind the heading, the same in both languages |
# | `has no English pair after it` | There is no English cell right behind the Korean one |
# | `expected a cell with lang="…" here` | A prose cell has no language, or the order is wrong: Korean comes first |
# | `is not a plain file inside …` | It is a symbolic link, or a file outside `docs`: move the file into `docs` |
# | an error message of Python | The code of that cell failed, or an expression in its prose |
# | `wrote to standard error` | There was a warning. Do not hide it: fix its cause |
# | `Glyph … missing` | The font of the figures lacks the character. Use another, or add it to the font with `cnn_guide/assets/font/make.py` |
# | `shows a figure without alt text` | The figure has no description. Let the function that draws it make one, or write `alt_ko` and `alt_en` |
# | `prints … characters` | A cell prints too much: print only what is needed |
# | `did not end within … seconds` | The cell does not end: see whether its loop does |
# | `ended its kernel` | The process that executed it died, often for lack of memory |
# | `cannot keep what it computed in …` | The cache folder cannot be written to. Make room, or name another folder in `CNN_GUIDE_CACHE` |
# | `contains a link …, but …` | The file or the heading's id that the link points to does not exist |
# | `terms.yml: …` | The entry of a term lacks a field, or its id is there twice |
# | `… is not the published file` | A data file is not the original one. Delete it, and the build looks elsewhere; or name a folder in `CNN_GUIDE_DATA` |
# | `no download of Fashion-MNIST` | Not an error: the data could not be downloaded, the bundled sample is used, and each page says so |
# | `the run in … is damaged` | The run that was kept is broken. It is trained again; there is nothing to do |
# | `cannot keep the run in …` | The run could not be stored. Make 20 MB of room in that folder, or name another in `CNN_GUIDE_CACHE` |
