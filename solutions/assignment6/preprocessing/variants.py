import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "// keeps integers: everything below 255 becomes 0. Use / to get floats.",
    ko="//는 정수 나눗셈이라 255 미만이 모두 0이 돼요. 실수를 얻으려면 /를 쓰세요.",
    killed_by="test_bytes_to_floats",
    hint="float",
)
def integer_division(student):
    def normalize_images(images):
        return images // 255

    student.normalize_images = normalize_images


@misconception(
    "You write the result back into the uint8 array, which cuts it off to 0 and 1, and you change the "
    "caller's images. Make a new float array.",
    ko="결과를 uint8 배열에 다시 써서 0과 1로 잘려요. 받은 이미지도 바뀌어요. 새 실수 배열을 만드세요.",
    killed_by="test_bytes_to_floats",
    hint="float",
)
def in_place(student):
    def normalize_images(images):
        images[...] = images / 255
        return images.astype(float)

    student.normalize_images = normalize_images


@misconception(
    "That is standardisation (mean 0, spread 1); here pixels are scaled to the range from 0 to 1.",
    ko="그것은 표준화(평균 0, 표준편차 1)예요. 여기서는 픽셀을 0과 1 사이로 맞춰요.",
    killed_by="test_bytes_to_floats",
    hint="scale",
)
def standardise(student):
    def normalize_images(images):
        x = images.astype(float)
        return (x - x.mean()) / (x.std() + 1e-9)

    student.normalize_images = normalize_images


@misconception(
    "You divide by the largest pixel of this batch, so a dark batch and a bright one are scaled "
    "differently. Divide by 255, always.",
    ko="이 배치에서 가장 큰 픽셀로 나눠서 배치마다 눈금이 달라져요. 항상 255로 나누세요.",
    killed_by="test_same_scale_for_every_batch",
    hint="scale",
)
def by_maximum(student):
    def normalize_images(images):
        return images / images.max()

    student.normalize_images = normalize_images


@misconception(
    "A byte goes up to 255, not 256: white ink would stay just below 1.",
    ko="바이트의 최댓값은 256이 아니라 255예요. 256으로 나누면 1에 도달하지 못해요.",
    killed_by="test_bytes_to_floats",
    hint="scale",
)
def divides_by_256(student):
    def normalize_images(images):
        return images / 256

    student.normalize_images = normalize_images


@misconception(
    "Your pixels lie between -1 and 1. That trains too, but this task asks for 0 to 1.",
    ko="픽셀이 -1과 1 사이예요. 학습은 되지만 이 과제는 0과 1 사이를 요구해요.",
    killed_by="test_bytes_to_floats",
    hint="scale",
)
def minus_one_to_one(student):
    def normalize_images(images):
        return images / 127.5 - 1

    student.normalize_images = normalize_images


@misconception(
    "The result is converted back to integers, which cuts every grey value off to 0.",
    ko="결과를 다시 정수로 바꿔서 모든 회색 값이 0으로 잘려요.",
    killed_by="test_bytes_to_floats",
    hint="float",
)
def back_to_bytes(student):
    def normalize_images(images):
        return (images / 255).astype(images.dtype)

    student.normalize_images = normalize_images


@misconception(
    "All images end up in one long vector; keep the first axis, one row for each image.",
    ko="모든 이미지가 한 벡터로 이어졌어요. 첫 번째 축은 유지해서 이미지마다 한 행이 되게 하세요.",
    killed_by="test_squares_to_rows",
    hint="rows",
)
def flattens_everything(student):
    def flatten_images(images):
        return images.reshape(-1)

    student.flatten_images = flatten_images


@misconception(
    "784 is built in, so images of another size are torn apart or refused; keep the number of images "
    "and let reshape work out the rest.",
    ko="784가 고정되어 있어서 다른 크기의 이미지에서는 행이 깨져요. 이미지 수를 유지하고 나머지는 reshape에 맡기세요.",
    killed_by="test_order_of_pixels",
    hint="rows",
)
def fixed_784(student):
    def flatten_images(images):
        return images.reshape(-1, 784 if images.size % 784 == 0 else 4)

    student.flatten_images = flatten_images


@misconception(
    "The pixels are read column after column, so every image lies on its side; keep NumPy's own order.",
    ko="픽셀을 열 방향으로 읽어서 이미지가 뒤집혀요. NumPy의 기본 순서를 그대로 쓰세요.",
    killed_by="test_squares_to_rows",
    hint="rows",
)
def column_order(student):
    def flatten_images(images):
        return np.stack([image.ravel(order="F") for image in images])

    student.flatten_images = flatten_images


@misconception(
    "Images and pixels are mixed: you made the rows the wrong way round and transposed them. The images "
    "are the first axis already.",
    ko="이미지와 픽셀이 섞였어요. 행을 거꾸로 만든 뒤 전치했어요. 첫 번째 축이 이미 이미지예요.",
    killed_by="test_squares_to_rows",
    hint="rows",
)
def pixels_first(student):
    def flatten_images(images):
        return images.reshape(-1, len(images)).T

    student.flatten_images = flatten_images


@misconception(
    "You divide only where a value above 1 occurs: a very dark batch keeps its bytes. Divide by 255, "
    "always.",
    ko="1보다 큰 값이 있을 때만 나눠서 아주 어두운 배치는 그대로 남아요. 항상 255로 나누세요.",
    killed_by="test_same_scale_for_every_batch",
    hint="scale",
)
def only_above_one(student):
    def normalize_images(images):
        return images / 255 if images.max() > 1 else images.astype(float)

    student.normalize_images = normalize_images


@alternative("single precision, and one ravel for each image")
def single_precision(student):
    def normalize_images(images):
        return images.astype(np.float32) / 255

    def flatten_images(images):
        return np.array([image.flatten() for image in images])

    student.normalize_images = normalize_images
    student.flatten_images = flatten_images


@alternative("times 1/255, on an own copy in place; the sizes multiplied out")
def own_copy(student):
    def normalize_images(images):
        x = np.array(images, dtype=float)
        x *= 1 / 255
        return x

    def flatten_images(images):
        n, *rest = images.shape
        return images.copy().reshape(n, int(np.prod(rest)))

    student.normalize_images = normalize_images
    student.flatten_images = flatten_images


@alternative("loops over every pixel")
def loops(student):
    def normalize_images(images):
        result = np.zeros(images.shape)
        for index in np.ndindex(*images.shape):
            result[index] = int(images[index]) / 255
        return result

    def flatten_images(images):
        rows = []
        for image in images:
            row = []
            for index in np.ndindex(*image.shape):
                row.append(image[index])
            rows.append(row)
        return np.array(rows)

    student.normalize_images = normalize_images
    student.flatten_images = flatten_images
