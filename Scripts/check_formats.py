"""Foreign readers judge a dataset. Every check prints one line; the exit code is 1 when any fails.

COCO: truth as its own prediction must give AP 1.0 for boxes and masks. A run-length mask must have the annotation's area and box and be
the pixels of its id in the instance picture (of a ridden two-wheeler: the rider's or the machine's). Outlines (`--coco-polygons`) cannot have holes: each must enclose the area of one
connected part of the mask with its holes filled, and together they must have the mask's extent.
Native: each object's numPoints must be the points of the cloud inside its box.
KITTI: what the camera cannot detect, and nothing else, must be DontCare. KittiDB's projected boxes of the others must lie within 1 px of the labels, and its points in each box must be those of the native cloud in the
native box stood upright in the camera (KITTI boxes cannot pitch or roll). Labels keep a tenth of a millimetre: a point less than a
millimetre from a face may count either way, no other.
"""

import contextlib, io, json, sys
from pathlib import Path

import numpy as np
from PIL import Image

failures = 0


def check(name, ok, detail):
    global failures
    failures += not ok
    print(f"{'ok  ' if ok else 'FAIL'} {name}: {detail}")


def check_keypoints(truth, annotations):
    """Keypoints of people, riders and animals: 17 each, counted right, visible ones on their own mask; the truth as its own prediction gives AP 1.0."""
    from pycocotools.cocoeval import COCOeval

    people = [a for a in annotations if "keypoints" in truth.cats[a["category_id"]]]
    if not people:
        if "--people" in sys.argv[2:]:
            check("coco people", False, "there is no body with keypoints")
        return
    wrong, astray, seen = [], [], 0
    for a in people:
        points = [a["keypoints"][k : k + 3] for k in range(0, len(a["keypoints"]), 3)]
        if len(points) != 17 or a["num_keypoints"] != sum(v > 0 for _, _, v in points) or any((x, y) != (0, 0) for x, y, v in points if v == 0):
            wrong.append(a["id"])
        mask = truth.annToMask(a) if isinstance(a["segmentation"], dict) else None
        for x, y, v in points:
            if v == 2 and mask is not None:
                seen += 1
                if not mask[int(y), int(x)]:
                    astray.append(a["id"])
    check("coco keypoints are complete", not wrong, f"{len(people)} bodies, {len(wrong)} wrong {wrong[:5]}")
    check("coco visible keypoints lie on their masks", not astray, f"{seen} visible, {len(astray)} astray {astray[:5]}")
    labelled = [a for a in people if a["num_keypoints"] > 0]
    if labelled:
        results = [{"image_id": a["image_id"], "category_id": a["category_id"], "keypoints": a["keypoints"], "score": 1.0} for a in labelled]
        judge = COCOeval(truth, truth.loadRes(results), "keypoints")
        judge.params.catIds = sorted({a["category_id"] for a in labelled})
        with contextlib.redirect_stdout(io.StringIO()):
            judge.evaluate()
            judge.accumulate()
            judge.summarize()
        # -1: nobody is as large as COCO's keypoint evaluation asks for.
        check("coco AP of the truth (keypoints)", judge.stats[0] >= 0.99999 or judge.stats[0] == -1, f"{judge.stats[0]:.6f}")


def check_coco(root):
    from pycocotools import mask as masks
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    path = root / "coco" / "annotations.json"
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(str(path))
    annotations = truth.loadAnns(truth.getAnnIds())
    marks = [a["id"] for a in annotations if a["ignore"] != (not a["detectable"])]
    check("coco marks what is not detectable", not marks, f"{sum(a['ignore'] for a in annotations)} of {len(annotations)} to be ignored, {len(marks)} differ")
    check("coco has annotations", len(annotations) > 0, f"{len(truth.imgs)} images, {len(annotations)} annotations")
    if not annotations:
        return
    rle = isinstance(annotations[0]["segmentation"], dict)
    if (root / "episodes").exists():
        check_masks(root, truth, annotations, rle)
    if rle:
        wrong = [a["id"] for a in annotations if int(masks.area(a["segmentation"])) != a["area"]]
        check("coco mask areas", not wrong, f"{len(wrong)} of {len(annotations)} differ {wrong[:5]}")
        boxes = [a["id"] for a in annotations if not np.allclose(masks.toBbox(a["segmentation"]), a["bbox"])]
        check("coco boxes are the masks' extents", not boxes, f"{len(boxes)} differ {boxes[:5]}")
    for kind in ("bbox", "segm"):
        results = [
            {"image_id": a["image_id"], "category_id": a["category_id"], "bbox": a["bbox"], "segmentation": truth.annToRLE(a), "score": 1.0 - i * 1e-7}
            for i, a in enumerate(annotations)
        ]
        with contextlib.redirect_stdout(io.StringIO()):
            judge = COCOeval(truth, truth.loadRes(results), kind)
            judge.params.maxDets = [1000, 1000, 1000]
            judge.evaluate()
            judge.accumulate()
        precision = judge.eval["precision"]
        ap = precision[precision > -1].mean()
        check(f"coco AP of the truth ({kind})", ap >= 0.99999, f"{ap:.6f}")
    check_keypoints(truth, annotations)
    sizes = [i for i in truth.imgs.values() if Image.open(root / "coco" / "images" / i["file_name"]).size != (i["width"], i["height"])]
    check("coco images have their size", not sizes, f"{len(sizes)} differ")


def check_masks(root, truth, annotations, rle):
    """Every mask against the instance picture of its image, whose name is <sample>_<camera>_<frame>.png."""
    from pycocotools import mask as masks
    wrong, ids, last = [], None, None
    names = {c["id"]: c["name"] for c in truth.loadCats(truth.getCatIds())}
    rider = next(number for number, name in names.items() if name == "rider")
    ridden = {(a["image_id"], a["track_id"]) for a in annotations if a["category_id"] == rider}
    for a in sorted(annotations, key=lambda a: a["image_id"]):
        if a["image_id"] != last:
            last = a["image_id"]
            sample, rest = truth.imgs[last]["file_name"].split("_", 1)
            camera, frame = rest.rsplit("_", 1)
            ids = np.array(Image.open(root / "episodes" / sample / camera / "instance" / frame))
            classes = root / "episodes" / sample / camera / "semantic" / frame
            classes = np.array(Image.open(classes)) if classes.exists() else None
        there = ids == a["track_id"]
        if (last, a["track_id"]) in ridden:
            there &= (classes == rider) == (a["category_id"] == rider)
        drawn = masks.decode(truth.annToRLE(a)).astype(bool)
        if rle:
            same = np.array_equal(drawn, there)
        else:
            corners = np.concatenate([np.array(ring).reshape(-1, 2) for ring in a["segmentation"]])
            extent = [*corners.min(axis=0), *(corners.max(axis=0) - corners.min(axis=0))]
            areas = sorted(shoelace(ring) for ring in a["segmentation"])
            same = areas == filled_areas(there) and extent == a["bbox"] and a["area"] == there.sum()
        if not same:
            wrong.append(f"{a['id']} in {truth.imgs[last]['file_name']}")
    check("coco masks are the instance picture's", not wrong, f"{len(annotations)} {'run-length masks' if rle else 'outlines'}, {len(wrong)} differ {wrong[:3]}")


def filled_areas(mask):
    """Areas of a mask's 4-connected parts, each with its holes filled: what its 8-connected surroundings do not reach."""
    from scipy.ndimage import binary_fill_holes, find_objects, label

    parts, _ = label(mask)
    boxes = enumerate(find_objects(parts), start=1)
    return sorted(int(binary_fill_holes(parts[box] == number, structure=np.ones((3, 3))).sum()) for number, box in boxes)


def shoelace(ring):
    """Area of a closed ring of x, y in one list."""
    x, y = np.array(ring).reshape(-1, 2).T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def native_frames(root):
    """Every frame's record; `folder` is its episode's. Static objects, which stand in episode.json alone, join its `objects`."""
    for episode in sorted((root / "episodes").iterdir()):
        static = [o for o in json.loads((episode / "episode.json").read_text())["objects"] if o["isStatic"]]
        for line in (episode / "frames.jsonl").read_text().splitlines():
            frame = json.loads(line) | {"folder": episode}
            if "objects" in frame:
                frame["objects"] = frame["objects"] + static
            yield frame


def kitti_frames(root):
    """The frames on which the rig's first camera and first lidar both captured."""
    first = {}
    for frame in native_frames(root):
        if frame["folder"] not in first:
            sensors = json.loads((frame["folder"] / "episode.json").read_text())["sensors"]
            first[frame["folder"]] = {next((s["name"] for s in sensors if s["type"] == kind), None) for kind in ("camera", "lidar")} - {None}
        if first[frame["folder"]] <= {s["sensor"] for s in frame["cameras"] + frame["lidars"]}:
            yield frame


def check_kitti(root):
    from nuscenes.utils.data_classes import Box
    from nuscenes.utils.geometry_utils import points_in_box
    from nuscenes.utils.kitti import KittiDB
    from pyquaternion import Quaternion

    db = KittiDB(root=str(root / "kitti"), splits=("training",))
    frames = list(kitti_frames(root)) if (root / "episodes").exists() else []
    check("kitti frames", len(db.tokens) > 0 and (not frames or len(frames) == len(db.tokens)), f"{len(db.tokens)} frames")
    worst, boxes, counted, points, off_counts, strangers = 0.0, 0, 0, 0, [], []
    left_alone, blanks, unseen = 0, 0, []
    for token, frame in zip(db.tokens, frames or [None] * len(db.tokens)):
        transforms = db.get_transforms(token, root=db.root)
        size = Image.open(db.get_filepath(token, "image_2", root=db.root)).size
        cloud = db.get_pointcloud(token, root=db.root)
        velo_to_cam, r0 = transforms["velo_to_cam"], transforms["r0_rect"]
        native = native_cloud(frame) if frame and frame["lidars"] else None
        in_camera = r0 @ (velo_to_cam["R"] @ cloud.points[:3] + velo_to_cam["T"][:, None])
        for line in Path(db.get_filepath(token, "label_2", root=db.root)).read_text().splitlines():
            label = db.parse_label_line(line)
            if label["name"] == "DontCare":
                blank = line.split()
                blanks += blank[1:4] == ["-1", "-1", "-10"] and blank[8:] == ["-1"] * 3 + ["-1000"] * 3 + ["-10"]
                left_alone += 1
                continue
            # KittiDB's own convention: camera box, bottom centre, yaw about camera y.
            turn = Quaternion(axis=(0, 1, 0), angle=label["yaw_camera"]) * Quaternion(axis=(1, 0, 0), angle=np.pi / 2)
            box = Box(label["xyz_camera"], label["wlh"], turn)
            boxes += 1
            centred = box.copy()
            centred.translate(np.array([0, -box.wlh[2] / 2, 0]))
            if centred.corners()[2].min() > 0.1:
                projected = KittiDB.project_kitti_box_to_image(box, transforms["p_left"], size)
                if projected is None:
                    check("kitti box in the image", False, f"{token}: {line}")
                    continue
                worst = max(worst, np.abs(np.array(projected) - label["bbox_camera"]).max())
            if native:
                body = nearest_native(frame, centred)
                if body is None:
                    strangers.append(f"{token}: {line}")
                    continue
                if not any(o["id"] == body["id"] and o["detectable"] for o in frame["cameras"][0]["objects"]):
                    unseen.append(f"{token}: {line}")
                found = int(points_in_box(centred, in_camera).sum())
                axes = upright(body, frame["cameras"][0])
                least, most = (native.count(axes, body, grown) for grown in (-1e-3, 1e-3))
                counted += 1
                points += found
                if not least <= found <= most:
                    off_counts.append(f"{token} {label['name']}: {found} and not {least} to {most}")
    check("kitti has boxes", boxes > 0, f"{boxes} boxes")
    check("kitti boxes project onto their labels", worst <= 1.0, f"{boxes} boxes, worst corner {worst:.3f} px")
    check("kitti leaves alone what is not detectable", blanks == left_alone and not unseen, f"{left_alone} DontCare, {len(unseen)} undetectable boxes {unseen[:2]}")
    check("kitti boxes are native objects", not strangers, f"{boxes} boxes, {len(strangers)} unknown {strangers[:2]}")
    if any(frame["lidars"] for frame in frames):
        check("kitti points in boxes", counted > 0 and not off_counts, f"{counted} boxes, {points} points, {len(off_counts)} differ {off_counts[:2]}")


def nearest_native(frame, box):
    """The native object whose centre is that of a KITTI box in the camera's axes; None when there is none within a millimetre."""
    camera = frame["cameras"][0]
    world = matrix(camera) @ np.array(box.center) + np.array(camera["position"])
    near = min(frame["objects"], key=lambda o: np.linalg.norm(np.array(o["center"]) - world))
    return near if np.linalg.norm(np.array(near["center"]) - world) < 1e-3 else None


class Cloud:
    """The first lidar's points of a frame in the world, found by place."""

    def __init__(self, points, lidar):
        from scipy.spatial import cKDTree

        self.points = points @ matrix(lidar).T + np.array(lidar["position"])
        self.tree = cKDTree(self.points)

    def count(self, axes, body, grown):
        """Points whose offsets from a body's centre along three unit axes (rows, world) stay within half its size and `grown` metres."""
        centre, half = np.array(body["center"]), np.array(body["size"]) / 2 + grown
        near = self.points[self.tree.query_ball_point(centre, np.linalg.norm(half))] - centre
        return int((np.abs(near @ axes.T) <= half).all(axis=1).sum())


def upright(body, camera):
    """A body's axes turned upright about the camera's y, as rows in the world."""
    heading = matrix(camera).T @ matrix(body)[:, 0]
    along = np.array([heading[0], 0, heading[2]]) / np.hypot(heading[0], heading[2])
    return np.stack([along, np.cross([0, -1, 0], along), [0, -1, 0]]) @ matrix(camera).T


def matrix(pose):
    from pyquaternion import Quaternion

    return Quaternion(pose["rotation"]).rotation_matrix


def native_cloud(frame):
    """The cloud of the first lidar that captured on a frame."""
    record = np.dtype({"names": ["xyz"], "formats": [("<f4", 3)], "offsets": [0], "itemsize": 28})
    lidar = frame["lidars"][0]
    path = frame["folder"] / lidar["sensor"] / "points" / f"{frame['index']:06d}.bin"
    return Cloud(np.fromfile(path, record)["xyz"].astype(float), lidar)


def check_native(root):
    """numPoints counts the cloud inside each box; a point within 0.1 mm of a face may count either way, as clouds are in single precision."""
    wrong, counted, points = [], 0, 0
    frames = [frame for frame in native_frames(root) if frame["lidars"] and "objects" in frame]
    for frame in frames:
        cloud = native_cloud(frame)
        said = {o["id"]: o["numPoints"] for o in frame["lidars"][0]["objects"]}
        for body in frame["objects"]:
            least, most = (cloud.count(matrix(body).T, body, grown) for grown in (-1e-4, 1e-4))
            counted += 1
            points += said.get(body["id"], 0)
            if not least <= said.get(body["id"], 0) <= most:
                wrong.append(f"{frame['index']} id {body['id']}: {said.get(body['id'], 0)} and not {least} to {most}")
    if frames:
        check("native points in boxes", points > 0 and not wrong, f"{counted} boxes, {points} points, {len(wrong)} differ {wrong[:2]}")


root = Path(sys.argv[1])
if (root / "episodes").exists():
    check_native(root)
if (root / "coco").exists():
    check_coco(root)
if (root / "kitti").exists():
    check_kitti(root)
if not (root / "coco").exists() and not (root / "kitti").exists():
    check("formats", False, f"{root} holds neither coco nor kitti")
sys.exit(1 if failures else 0)
