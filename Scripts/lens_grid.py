"""Renders a chessboard through each lens and lets OpenCV find the lens again.

    .build/venv-formats/bin/python Scripts/lens_grid.py [--squall .build/release/squall] [--keep DIR]

For every lens a scene with a 15 x 11 board is rendered from drawn places; corners are located in the pictures to a fraction of a pixel
(cv2.cornerSubPix, started within a pixel or two of where they should be), and OpenCV calibrates from them alone. Passed when, over the part of the picture
that corners covered, the recovered intrinsics and distortion put directions within 0.1 px of where the scene's own numbers put them. A corner found half a pixel
off is left out, and one that fits the calibration three times worse than the mean: the shares kept, the views and the part of the picture covered have floors
of their own, so that a lens drawn wrong cannot pass by having its corners thrown away.
OpenCV's pixel centres are at integers, ours at .5.
"""

import argparse, json, struct, subprocess, sys, tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

COLUMNS, ROWS, SQUARE = 15, 11, 0.1
LENSES = {
    "pinhole": "lens = pinhole, focal = 700",
    "brown_conrady": "lens = brown_conrady, focal = 700, k1 = -0.25, k2 = 0.09, p1 = 0.0008, p2 = -0.0006, k3 = -0.012",
    "kannala_brandt": "lens = kannala_brandt, focal = 400, k1 = 0.05, k2 = -0.01, k3 = 0.002, k4 = -0.0003",
    "fisheye": "lens = fisheye, focal = 400",
}
WIDTH, HEIGHT = 1280, 960
# Floors: of the corners, how many are found within half a pixel, and how many of those the calibration keeps; views; of an 8 x 6 grid over the picture, cells with a
# corner; radius that corners reach, over half the picture's width. Wide lenses show corners to 72 degrees off the axis (0.79 of half the width), the last of them small.
KEPT, VIEWS, CELLS = 0.97, 30, 0.7
FOUND, REACH = {True: 0.98, False: 0.96}, {True: 0.9, False: 0.72}


def board(path):
    """A glTF of an upright board, x across, y up (as glTF has it), facing +z; black and white squares with a white border, bottom at 0."""
    vertices, normals, parts = [], [], ([], [])
    for row in range(-1, ROWS + 1):
        for column in range(-1, COLUMNS + 1):
            inside = 0 <= row < ROWS and 0 <= column < COLUMNS
            black = inside and (row + column) % 2 == 0
            x, y, first = (column - COLUMNS / 2) * SQUARE, (row + 1) * SQUARE, len(vertices)
            vertices += [(x, y, 0), (x + SQUARE, y, 0), (x + SQUARE, y + SQUARE, 0), (x, y + SQUARE, 0)]
            normals += [(0, 0, 1)] * 4
            parts[black].extend([first, first + 1, first + 2, first, first + 2, first + 3])
    blobs = [np.array(vertices, "<f4").tobytes(), np.array(normals, "<f4").tobytes()] + [np.array(p, "<u4").tobytes() for p in parts]
    views, offset = [], 0
    for blob in blobs:
        views.append({"buffer": 0, "byteOffset": offset, "byteLength": len(blob)})
        offset += len(blob)
    low, high = np.min(vertices, axis=0).tolist(), np.max(vertices, axis=0).tolist()
    accessors = [{"bufferView": 0, "componentType": 5126, "count": len(vertices), "type": "VEC3", "min": low, "max": high},
                 {"bufferView": 1, "componentType": 5126, "count": len(vertices), "type": "VEC3"}]
    accessors += [{"bufferView": 2 + k, "componentType": 5125, "count": len(p), "type": "SCALAR"} for k, p in enumerate(parts)]
    materials = [{"pbrMetallicRoughness": {"baseColorFactor": [c, c, c, 1], "metallicFactor": 0, "roughnessFactor": 1}, "doubleSided": True} for c in (0.8, 0.04)]
    primitives = [{"attributes": {"POSITION": 0, "NORMAL": 1}, "indices": 2 + k, "material": k} for k in range(2)]
    text = json.dumps({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}], "meshes": [{"primitives": primitives}],
                       "materials": materials, "accessors": accessors, "bufferViews": views, "buffers": [{"byteLength": offset}]}).encode()
    text += b" " * (-len(text) % 4)
    data = b"".join(blobs)
    path.write_bytes(struct.pack("<4sII", b"glTF", 2, 28 + len(text) + len(data)) + struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(data), b"BIN\0") + data)


SCENE = """scene "grid"
import "board.glb" as board
rig eye {{
  camera front {{ {lens}, resolution = ({width}, {height}), mount = (0 m, 0 m, 0 m), turn = (pan, tilt, roll), full_well = 200000, dark_noise = 0, non_uniformity = 0 % }}
}}
param yaw = uniform(-32, 32) deg
param pan = uniform(-{pan}, {pan}) deg
param tilt = uniform(-{tilt}, {tilt}) deg
param roll = uniform(8, 37) deg
world {{ place = geo(50 deg, 8 deg), start = 2026-06-21 at 12:00 }}
weather {{ sky {{ cover = 100 % }} }}
actor ego is nothing {{
  place = at((0 m, 0 m, 0.7 m), heading: 0 deg)
  carries eye
}}
actor target is board {{
  place = at((uniform(0.75, 1.3) m, uniform(-{side}, {side}) m, uniform(-{up}, {up}) m), heading: 180 deg + yaw)
  fixed = true
}}
record {{ duration = 0.1 s, rate = 10 Hz }}
labels {{ use = [boxes, instance] }}
"""


def sees_narrow(name):
    """Whether a lens keeps to the pinhole's tangents; the others see past the board and turn away from it."""
    return name in ("pinhole", "brown_conrady")


def rotation(q):
    w, x, y, z = q
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)], [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
                     [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)]])


def project(points, sensor):
    """Camera axes to pixels by the written model, OpenCV's pixel convention."""
    model, k = sensor["model"], sensor.get("distortion", [])
    x, y, z = points.T
    if model in ("pinhole", "brown_conrady"):
        k1, k2, p1, p2, k3 = k or [0] * 5
        a, b = x / z, y / z
        r = a * a + b * b
        s = 1 + r * (k1 + r * (k2 + r * k3))
        a, b = a * s + 2 * p1 * a * b + p2 * (r + 2 * a * a), b * s + p1 * (r + 2 * b * b) + 2 * p2 * a * b
    else:
        k = k or [0] * 4
        across = np.hypot(x, y)
        t = np.arctan2(across, z)
        s = t * (1 + sum(c * t ** (2 * i + 2) for i, c in enumerate(k))) / np.maximum(across, 1e-12)
        a, b = x * s, y * s
    return np.stack([sensor["fx"] * a + sensor["cx"] - 0.5, sensor["fy"] * b + sensor["cy"] - 0.5], axis=1)


def corners(image, guess):
    """Inner corners near where they should be; the guesses are rounded, so that only the picture places them. The window takes in as much of the
    squares around a corner as lies clear of the next corners: an edge's four colour samples are right on the mean only, and a
    wide lens bends an edge that is longer than that."""
    image = cv2.GaussianBlur(image, (0, 0), 1)
    rule = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 100, 1e-4)
    found = []
    for k, place in enumerate(guess):
        others = np.delete(guess, k, axis=0)
        side = int(np.clip(0.3 * np.hypot(*(others - place).T).min(), 4, 8))
        start = np.round(place).astype(np.float32).reshape(1, 1, 2)
        found.append(cv2.cornerSubPix(image, start, (side, side), (-1, -1), rule).reshape(2))
    return np.array(found)


def views(folder):
    info = json.loads((folder / "episode.json").read_text())
    sensor = next(s for s in info["sensors"] if s["name"] == "front")
    target = next(o for o in info["objects"] if o["path"] == "target")
    record = json.loads((folder / "frames.jsonl").read_text().splitlines()[0])
    camera = record["cameras"][0]
    place = target.get("center") and target or next(o for o in record["objects"] if o["id"] == target["id"])
    # Box centre of the board; its own axes are x forward (towards its front), y left, z up.
    center, turn = np.array(place["center"]), rotation(place["rotation"])
    grid = np.array([[(c + 1 - COLUMNS / 2) * SQUARE, (r + 2 - (ROWS + 2) / 2) * SQUARE, 0] for r in range(ROWS - 1) for c in range(COLUMNS - 1)])
    world = center + np.stack([np.zeros(len(grid)), grid[:, 0], grid[:, 1]], axis=1) @ turn.T
    own = (world - np.array(camera["position"])) @ rotation(camera["rotation"])
    guess = project(own, sensor)
    image = np.asarray(Image.open(folder / camera["image"]).convert("L"))
    reach = 18
    inside = (guess[:, 0] > reach) & (guess[:, 0] < WIDTH - reach) & (guess[:, 1] > reach) & (guess[:, 1] < HEIGHT - reach) & (own[:, 2] > 0.05)
    # A corner needs squares of some pixels around it.
    inside &= np.degrees(np.arctan2(np.hypot(own[:, 0], own[:, 1]), own[:, 2])) < 72
    return sensor, grid[inside].astype(np.float32), guess[inside], image


def calibrate(name, boards, pictures):
    """OpenCV's calibration, then again without the corners that fit it worse than three times the mean."""
    for attempt in range(3):
        error, matrix, bend, turns, moves = fit(name, boards, pictures)
        if attempt == 2:
            break
        kept = []
        for board, picture, turn, move in zip(boards, pictures, turns, moves):
            if sees_narrow(name):
                back = cv2.projectPoints(board, turn, move, matrix, bend)[0].reshape(-1, 2)
            else:
                back = cv2.fisheye.projectPoints(board.reshape(1, -1, 3).astype(np.float64), turn, move, matrix, bend)[0].reshape(-1, 2)
            kept.append(np.hypot(*(back - picture).T) < 3 * error)
        boards, pictures = [b[k] for b, k in zip(boards, kept)], [p[k] for p, k in zip(pictures, kept)]
    model = {"pinhole": "pinhole", "brown_conrady": "brown_conrady"}.get(name, "kannala_brandt")
    return error, pictures, {"model": model, "distortion": bend.ravel()[:5 if model != "kannala_brandt" else 4].tolist(),
                   "fx": matrix[0, 0], "fy": matrix[1, 1], "cx": matrix[0, 2] + 0.5, "cy": matrix[1, 2] + 0.5}


def fit(name, boards, pictures):
    start = np.array([[500.0, 0, WIDTH / 2], [0, 500, HEIGHT / 2], [0, 0, 1]])
    if sees_narrow(name):
        flags = cv2.CALIB_USE_INTRINSIC_GUESS | (cv2.CALIB_FIX_K1 | cv2.CALIB_FIX_K2 | cv2.CALIB_FIX_K3 | cv2.CALIB_ZERO_TANGENT_DIST if name == "pinhole" else 0)
        return cv2.calibrateCamera(boards, [p.astype(np.float32) for p in pictures], (WIDTH, HEIGHT), start, np.zeros(5), flags=flags)
    flags = cv2.fisheye.CALIB_RECOMPUTE_EXTRINSIC | cv2.fisheye.CALIB_FIX_SKEW | cv2.fisheye.CALIB_USE_INTRINSIC_GUESS
    return cv2.fisheye.calibrate([b.reshape(1, -1, 3).astype(np.float64) for b in boards], [p.reshape(1, -1, 2).astype(np.float64) for p in pictures], (WIDTH, HEIGHT),
                                 start * [[0.8, 1, 1], [1, 0.8, 1], [1, 1, 1]], np.zeros((4, 1)), flags=flags)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--squall", default=".build/release/squall")
    options.add_argument("--samples", type=int, default=36)
    options.add_argument("--keep")
    options = options.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(options.keep or scratch)
        root.mkdir(parents=True, exist_ok=True)
        board(root / "board.glb")
        for name, lens in LENSES.items():
            scene = root / f"{name}.squall"
            # Wide lenses turn away from the board, so that its corners come to their rim without being seen at a slant.
            side, up, pan, tilt = (0.45, 0.3, 0.01, 0.01) if sees_narrow(name) else (0.5, 0.35, 42, 30)
            scene.write_text(SCENE.format(lens=lens, width=WIDTH, height=HEIGHT, side=side, up=up, pan=pan, tilt=tilt))
            subprocess.run([options.squall, "render", str(scene), "--out", str(root / name), "--samples", str(options.samples), "--formats", "native"], check=True, stdout=subprocess.DEVNULL)
            boards, pictures, misses = [], [], []
            for folder in sorted((root / name / "episodes").iterdir()):
                sensor, grid, guess, image = views(folder)
                if len(grid) < 24:
                    continue
                found = corners(image, guess)
                misses.append(np.hypot(*(found - guess).T))
                sound = misses[-1] < 0.5
                boards.append(grid[sound])
                pictures.append(found[sound])
            miss = np.concatenate(misses)
            found_share, candidates = np.mean(miss < 0.5), sum(len(p) for p in pictures)
            error, pictures, back = calibrate(name, boards, pictures)
            # Directions over the part of the picture that corners covered, by both sets of numbers.
            covered = np.concatenate(pictures)
            cells = np.zeros((8, 6), bool)
            cells[(covered[:, 0] * 8 / WIDTH).astype(int).clip(0, 7), (covered[:, 1] * 6 / HEIGHT).astype(int).clip(0, 5)] = True
            low, high = np.percentile(covered, 1, axis=0), np.percentile(covered, 99, axis=0)
            angles = np.radians(np.linspace(0, 40 if sensor["model"] in ("pinhole", "brown_conrady") else 70, 71))
            turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
            d = np.array([[np.sin(a) * np.cos(t), np.sin(a) * np.sin(t), np.cos(a)] for a in angles for t in turns])
            ours, theirs = project(d, sensor), project(d, back)
            middle = np.array([sensor["cx"], sensor["cy"]])
            reach = np.percentile(np.hypot(*(covered - middle).T), 99)
            inside = np.all((ours > low) & (ours < high), axis=1) & (np.hypot(*(ours - middle).T) < reach)
            worst = np.hypot(*(ours - theirs)[inside].T).max()
            kept_share, wide = len(covered) / candidates, reach / (WIDTH / 2)
            floors = [("corners found within half a pixel", found_share, FOUND[sees_narrow(name)]), ("of them kept by the calibration", kept_share, KEPT), ("views", len(boards), VIEWS),
                      ("cells of the picture with a corner", cells.mean(), CELLS), ("radius of the corners over half the width", wide, REACH[sees_narrow(name)])]
            missed = [f"; {what}: {value:.3g}, at least {floor:g} wanted" for what, value, floor in floors if not value >= floor]
            ok = worst < 0.1 and not missed
            failures += not ok
            print(f"{'ok  ' if ok else 'FAIL'} {name}: {len(boards)} views, {len(miss)} corners {np.median(miss):.3f} px off (median; {np.percentile(miss, 99):.3f} for 99 %), "
                  f"{found_share:.1%} found, {kept_share:.1%} of them kept, on {cells.mean():.0%} of the picture's cells and {wide:.2f} of its half width; "
                  f"calibrated to {error:.3f} px; directions agree within {worst:.3f} px over {inside.mean():.0%} of {len(d)}; fx {back['fx']:.2f} of {sensor['fx']:.2f}" + "".join(missed))
    sys.exit(1 if failures else 0)


main()
