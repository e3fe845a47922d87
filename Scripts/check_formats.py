"""Foreign readers judge a dataset. Every check prints one line; the exit code is 1 when any fails.

COCO: truth as its own prediction must give AP 1.0 for boxes and masks, every mask's area must be exact and match the instance picture.
KITTI: KittiDB's projected boxes must lie within 1 px of the labels; points in boxes must be counted as the native labels count them
(give or take five points and 15 %: KITTI boxes cannot pitch or roll, native ones do, and ground points slip in or out below).
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


def check_coco(root):
    from pycocotools import mask as masks
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    path = root / "coco" / "annotations.json"
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(str(path))
    annotations = truth.loadAnns(truth.getAnnIds())
    check("coco has annotations", len(annotations) > 0, f"{len(truth.imgs)} images, {len(annotations)} annotations")
    rle = isinstance(annotations[0]["segmentation"], dict)
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
    sizes = [i for i in truth.imgs.values() if Image.open(root / "coco" / "images" / i["file_name"]).size != (i["width"], i["height"])]
    check("coco images have their size", not sizes, f"{len(sizes)} differ")


def native_frames(root):
    for episode in sorted((root / "episodes").iterdir()):
        for line in (episode / "frames.jsonl").read_text().splitlines():
            yield json.loads(line)


def check_kitti(root):
    from nuscenes.utils.data_classes import Box
    from nuscenes.utils.geometry_utils import points_in_box
    from nuscenes.utils.kitti import KittiDB
    from pyquaternion import Quaternion

    db = KittiDB(root=str(root / "kitti"), splits=("training",))
    frames = list(native_frames(root)) if (root / "episodes").exists() else []
    check("kitti frames", len(db.tokens) > 0 and (not frames or len(frames) == len(db.tokens)), f"{len(db.tokens)} frames")
    worst, boxes, off_counts, counted, worst_count = 0.0, 0, 0, 0, ""
    for token, frame in zip(db.tokens, frames or [None] * len(db.tokens)):
        transforms = db.get_transforms(token, root=db.root)
        size = Image.open(db.get_filepath(token, "image_2", root=db.root)).size
        cloud = db.get_pointcloud(token, root=db.root)
        velo_to_cam, r0 = transforms["velo_to_cam"], transforms["r0_rect"]
        in_camera = r0 @ (velo_to_cam["R"] @ cloud.points[:3] + velo_to_cam["T"][:, None])
        for line in Path(db.get_filepath(token, "label_2", root=db.root)).read_text().splitlines():
            label = db.parse_label_line(line)
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
            if frame and cloud.points.shape[1] > 0:
                native = nearest_native(frame, box, transforms, root)
                if native is not None:
                    found = int(points_in_box(centred, in_camera).sum())
                    counted += 1
                    if abs(found - native) > 5 + 0.15 * native:
                        off_counts += 1
                        worst_count = f"{token} {label['name']}: {found} against {native}"
    check("kitti boxes project onto their labels", worst <= 1.0, f"{boxes} boxes, worst corner {worst:.3f} px")
    check("kitti points in boxes", off_counts == 0, f"{counted} boxes counted, {off_counts} differ {worst_count}")


def nearest_native(frame, box, transforms, root):
    """num_points of the native object at the KITTI box's centre."""
    from pyquaternion import Quaternion

    camera = frame["cameras"][0]
    turn = Quaternion(camera["rotation"]).rotation_matrix
    centre = np.array(box.center) - np.array([0, box.wlh[2] / 2, 0])
    world = turn @ centre + np.array(camera["position"])
    near = min(frame["objects"], key=lambda o: np.linalg.norm(np.array(o["center"]) - world))
    if np.linalg.norm(np.array(near["center"]) - world) > 0.05:
        return None
    counts = {o["id"]: o["numPoints"] for l in frame["lidars"][:1] for o in l["objects"]}
    return counts.get(near["id"], 0)


root = Path(sys.argv[1])
if (root / "coco").exists():
    check_coco(root)
if (root / "kitti").exists():
    check_kitti(root)
if not (root / "coco").exists() and not (root / "kitti").exists():
    check("formats", False, f"{root} holds neither coco nor kitti")
sys.exit(1 if failures else 0)
