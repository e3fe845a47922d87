"""Renders contact sheets to look at and one HTML page that shows them (see Scripts/gallery).

Everything comes from scenes that this script writes and `squall render` draws: what the gallery shows is what a data set gets.
"""
import argparse
import html
import json
import itertools
import math
import re
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent
TIMES = [("morning", "2026-06-21 at 06:30"), ("noon", "2026-06-21 at 12:30"), ("evening", "2026-06-21 at 20:45"), ("night", "2026-06-21 at 00:30")]
DAY = "2026-06-21 at 10:00"


def shown(file: Path, scene: str) -> Image.Image:
    """A picture as a screen shows it: counts of a sensor, 16 bits of which 12 are used, by their upper eight; linear colours by what the reader leaves of them."""
    picture = Image.open(file)
    if picture.mode.startswith("I"):
        return picture.point(lambda count: count / 16).convert("L").convert("RGB")
    # The reader keeps the upper eight of 16 bits, white is at 4095.
    return picture.convert("RGB").point(lambda value: min(255, value * 16)) if "output = linear12" in scene else picture.convert("RGB")


class Squall:
    """Runs the program on a scene text; gives the pictures of each camera, frame by frame."""

    def __init__(self, program: str, work: Path):
        self.program, self.work, self.count, self.failed = program, work, 0, []
        # What the last episode says of its objects that stand still.
        self.objects = []
        (work / "squall.root").write_text("")
        for name in ["roads"]:
            link = work / name
            if not link.exists():
                shutil.copytree(ROOT / "Scenes" / name, link)

    def render(self, name: str, text: str, seed: int = 7) -> dict[str, list[Image.Image]]:
        self.count += 1
        scene = self.work / f"{name}.squall"
        scene.write_text(text)
        out = self.work / f"{name}.out"
        shutil.rmtree(out, ignore_errors=True)
        command = [self.program, "render", str(scene), "--samples", "1", "--seed", str(seed), "--out", str(out), "--formats", "native"]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            self.failed.append(f"{name}: {run.stderr.strip()}")
            print(f"  {name}: {run.stderr.strip()}", file=sys.stderr)
            return {}
        pictures = {}
        for folder in sorted((out / "episodes" / "000000").glob("*/rgb")):
            pictures[folder.parent.name] = [shown(file, text) for file in sorted(folder.iterdir())]
        self.objects = json.loads((out / "episodes" / "000000" / "episode.json").read_text())["objects"]
        shutil.rmtree(out, ignore_errors=True)
        return pictures


def archetypes() -> list[tuple[str, tuple[float, float, float], str]]:
    """Name, size and summary of everything a scene can place, from the reference page."""
    page = (ROOT / "LANGUAGE.md").read_text()
    table = page[page.index("\n## Archetypes"):]
    table = table[:table.find("\n## ", 5)]
    found = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        numbers = re.findall(r"\d+(?:\.\d+)?", cells[3]) if len(cells) > 3 else []
        if line.startswith("| `") and len(numbers) >= 3:
            found.append((cells[0].strip("`"), tuple(float(n) for n in numbers[:3]), cells[2]))
    return found


def archetype_class(name: str) -> str:
    """Its class, from the reference page."""
    row = re.search(rf"^\| `{name}` \| (\w+) \|", (ROOT / "LANGUAGE.md").read_text(), re.M)
    return row.group(1) if row else ""


def newest_source() -> tuple[float, Path]:
    """When what the program is built from was last changed, and which file that was."""
    files = [ROOT / "Package.swift", ROOT / "Package.resolved"] + [file for file in (ROOT / "Sources").rglob("*") if file.is_file()]
    return max((file.stat().st_mtime, file) for file in files if file.exists())


def sheet(rows: list[list[tuple[str, Image.Image]]], title: str, file: Path) -> None:
    """One picture of rows of captioned pictures."""
    rows = [row for row in rows if row]
    if not rows:
        return
    width = max(sum(picture.width for _, picture in row) for row in rows)
    height = sum(max(picture.height for _, picture in row) + 18 for row in rows) + 26
    canvas = Image.new("RGB", (width, height), (250, 250, 250))
    draw = ImageDraw.Draw(canvas)
    draw.text((6, 6), title, fill=(0, 0, 0))
    y = 26
    for row in rows:
        x = 0
        for caption, picture in row:
            canvas.paste(picture, (x, y + 18))
            draw.text((x + 4, y + 3), caption, fill=(60, 60, 60))
            x += picture.width
        y += max(picture.height for _, picture in row) + 18
    canvas.save(file)


def camera(name: str, azimuth: float, distance: float, height: float, aim: float, fov: float, size: tuple[int, int], yaw: float = 0) -> str:
    """A camera that looks at the point `aim` metres above the origin from `distance` metres away, turned by `yaw`; degrees, azimuth 0 in front."""
    x, y = distance * math.cos(math.radians(azimuth)), distance * math.sin(math.radians(azimuth))
    pitch = math.degrees(math.atan2(height - aim, distance))
    return (f"  camera {name} {{ resolution = {size}, fov = {fov:.2f} deg, mount = ({x:.3f} m, {y:.3f} m, {height:.3f} m), "
            f"turn = ({azimuth + 180 + yaw:.2f} deg, {pitch:.2f} deg, 0 deg) }}\n")


def framing(box: tuple[float, float, float], azimuth: float, distance: float, height: float, aspect: float) -> tuple[float, float]:
    """Yaw and horizontal field of view, degrees, that show the whole box on the ground about the origin with a margin."""
    x, y = distance * math.cos(math.radians(azimuth)), distance * math.sin(math.radians(azimuth))
    pitch, across, up = math.atan2(height - box[2] / 2, distance), [], []
    for corner in itertools.product((-0.5, 0.5), (-0.5, 0.5), (0, 1)):
        dx, dy, dz = corner[0] * box[0] - x, corner[1] * box[1] - y, corner[2] * box[2] - height
        ahead = -(dx * x + dy * y) / distance
        across.append(math.atan2((-dx * -y + dy * -x) / distance, ahead))
        up.append(abs(math.atan2(dz, math.hypot(ahead, 0)) + pitch))
    yaw = (min(across) + max(across)) / 2
    half = max((max(across) - min(across)) / 2, math.atan(math.tan(min(1.4, max(up))) * aspect))
    return math.degrees(yaw), min(110.0, 2.3 * math.degrees(half))


def stage(name: str, cameras: str, middle: tuple[float, float] = (0, 0)) -> str:
    """The asset on a bare plane, the middle of its box at the origin."""
    return (f'scene "{name}"\nrig around {{\n{cameras}}}\nworld {{ start = {DAY} }}\n'
            "actor ego is nothing { place = at((0 m, 0 m, 0 m), heading: 0 deg), carries around }\n"
            f"actor subject is {name} {{ place = at(({-middle[0]} m, {-middle[1]} m, 0 m), heading: 0 deg), fixed = true }}\n"
            "labels { use = [boxes] }\nrecord { duration = 0.1 s, rate = 10 Hz }\n")


def views(size: tuple[float, float, float]) -> str:
    """Front, side and back filling the picture, then from 5, 15 and 50 metres."""
    length, width, height = size
    aim, eye = height / 2, max(0.4, min(1.6, 0.8 * height + 0.4))
    cameras = ""
    for view, azimuth in [("front", -28), ("side", -90), ("back", 205)]:
        seen = max(1.4 * height, width + 0.5 * length, length if view == "side" else 0)
        distance = max(1.2, 1.1 * max(seen, length / 2 + 1.0)) + length / 2 * abs(math.cos(math.radians(azimuth)))
        yaw, fov = framing(size, azimuth, distance, eye, 480 / 360)
        cameras += camera(view, azimuth, distance, eye, aim, fov, (480, 360), yaw)
    for metres in (5, 15, 50):
        cameras += camera(f"at_{metres}m", -35, metres + length / 2, 1.5, aim, 50, (480, 270))
    return cameras


def assets(squall: Squall, out: Path, match: str) -> list[tuple[str, str]]:
    shown = []
    for name, size, summary in archetypes():
        if match not in name or name == "nothing":
            continue
        rows = []
        if not squall.render(f"asset_{name}", stage(name, camera("probe", 0, 9, 1, 0, 40, (32, 32)))):
            continue
        middle = tuple(squall.objects[0]["center"][:2]) if squall.objects else (0, 0)
        for seed in (1, 2, 3):
            pictures = squall.render(f"asset_{name}", stage(name, views(size), middle), seed)
            if pictures:
                rows.append([(f"{view}, seed {seed}", pictures[view][0]) for view in ("front", "side", "back")])
                if seed == 1:
                    rows.append([(f"5, 15, 50 m: {view}", pictures[view][0]) for view in ("at_5m", "at_15m", "at_50m")])
        file = out / f"asset_{name}.png"
        sheet(rows, f"{name}: {summary}, {size[0]} x {size[1]} x {size[2]} m", file)
        shown.append((name, file.name))
        print(f"  {name}", file=sys.stderr)
    return shown


def drive_scene(title: str, start: str, surroundings: str = "", weather: str = "", road: str = "straight_500m", lane: str = "lane(-1)", camera: str = "") -> str:
    place = f", surroundings = {surroundings}" if surroundings else ""
    field = "" if "fov" in camera or "focal" in camera else "fov = 70 deg, "
    return (f'scene "{title}"\nimport "roads/{road}.xodr" as road\n'
            f"rig eye {{ camera front {{ resolution = (960, 540), {field}mount = (1.5 m, 0 m, 1.4 m), turn = (0 deg, 0 deg, 0 deg){camera} }} }}\n"
            f"world {{ road = road, start = {start}{place} }}\n{weather}"
            f"actor ego is sedan {{ place = road.{lane}.at(60 m), speed = 40 km/h, carries eye, do follow_lane() }}\n"
            "traffic { count = 6, within = 120 m of ego }\nlabels { use = [boxes] }\nrecord { duration = 0.1 s, rate = 10 Hz }\n")


def schema_choices(prop: str) -> list[str]:
    """The words a property may take, from its row in the reference page."""
    page = (ROOT / "LANGUAGE.md").read_text()
    row = re.search(rf"\| `{prop}` \|([^|]*)\|", page)
    return re.findall(r"\b[a-z][a-z0-9_]*\b", row.group(1).split("one of")[-1]) if row and "one of" in row.group(1) else []


def surroundings(squall: Squall, out: Path, match: str) -> list[tuple[str, str]]:
    shown = []
    for kind in schema_choices("surroundings"):
        if match not in kind:
            continue
        row = []
        for time, start in TIMES:
            pictures = squall.render(f"around_{kind}_{time}", drive_scene(kind, start, surroundings=kind))
            if pictures:
                row.append((time, pictures["front"][0]))
        file = out / f"surroundings_{kind}.png"
        sheet([row[:2], row[2:]], f"surroundings = {kind}", file)
        shown.append((kind, file.name))
        print(f"  {kind}", file=sys.stderr)
    return shown


SKIES = [("clear", ""), ("rain", "weather { rain { rate = 15 mm/h } }\n"), ("fog", "weather { fog { visibility = 120 m } }\n")]


def times(squall: Squall, out: Path, match: str) -> list[tuple[str, str]]:
    shown = []
    for sky, weather in SKIES:
        if match not in sky:
            continue
        row = []
        for time, start in TIMES:
            pictures = squall.render(f"time_{sky}_{time}", drive_scene(sky, start, weather=weather))
            if pictures:
                row.append((time, pictures["front"][0]))
        file = out / f"times_{sky}.png"
        sheet([row[:2], row[2:]], f"{sky} weather", file)
        shown.append((f"{sky} weather", file.name))
    return shown


# Chapter "people": what each does and when it shows. The posture of a moment is in the picture of that second.
# What it is called, what the scene says, when it is looked at, and how many metres before the middle it begins.
POSTURES = [
    ("stands", "stop()", 0.0, 0.0), ("walks", "walk()", 1.0, 0.9), ("walks fast", "walk(speed: 2 m/s)", 1.0, 1.1), ("runs", "run()", 1.0, 1.5), ("sits", "sit()", 2.0, 0.0),
    ("waves", "wave()", 1.2, 0.0), ("walks and waves", "together { walk() wave() }", 1.2, 1.1), ("falls", "fall()", 0.6, 0.5), ("lies", "fall()", 3.0, 0.5),
]
RIDDEN = ["bicycle", "motorcycle", "scooter"]


def posture_scene(name: str, who: str, action: str, before: float) -> str:
    """Someone on a bare plane, seen from the front, the side and behind by cameras around the origin."""
    rig = "".join(camera(view, azimuth, 4.2, 1.5, 0.85, 30, (360, 360)) for view, azimuth in [("front", -25), ("side", -90), ("back", 205)])
    return (f'scene "{name}"\nrig around {{\n{rig}}}\nworld {{ start = {DAY} }}\n'
            f"actor ego is nothing {{ place = at((0 m, 0 m, 0 m), heading: 0 deg), carries around }}\n"
            f"actor subject is {who} {{ place = at(({-before} m, 0 m, 0 m), heading: 0 deg), do {{ {action} }} }}\n"
            "labels { use = [boxes] }\nrecord { duration = 3.2 s, rate = 5 Hz }\n")


def people(squall: Squall, out: Path, match: str) -> list[tuple[str, str]]:
    """Every kind of person in every posture, each seed dressed anew; then who rides. Walkers begin before the middle and pass it as they are looked at."""
    shown = []
    for who in [name for name, _, _ in archetypes() if archetype_class(name) == "person"]:
        if match not in who and match not in "people":
            continue
        rows = []
        for number, (title, action, second, before) in enumerate(POSTURES):
            pictures = squall.render(f"person_{who}_{number}", posture_scene(title, who, action, before), seed=number)
            if pictures:
                rows.append([(f"{title}: {view}", pictures[view][min(len(pictures[view]) - 1, round(second * 5))]) for view in ("front", "side", "back")])
        file = out / f"people_{who}.png"
        sheet([sum(rows[k:k + 2], []) for k in range(0, len(rows), 2)], f"{who}: postures", file)
        shown.append((who, file.name))
        print(f"  {who}", file=sys.stderr)
    for ridden in RIDDEN:
        if match not in ridden and match not in "people":
            continue
        row = []
        for seed in (1, 2, 3):
            scene = drive_scene(ridden, DAY).replace("traffic {", f"actor rider is {ridden} {{ place = road.lane(-1).at(67 m), speed = 18 km/h, do follow_lane() }}\ntraffic {{")
            pictures = squall.render(f"rider_{ridden}", scene, seed)
            if pictures:
                row.append((f"ridden, seed {seed}", pictures["front"][0]))
        file = out / f"people_on_{ridden}.png"
        sheet([row[:2], row[2:]], f"{ridden} with its rider", file)
        shown.append((f"on a {ridden}", file.name))
    return shown


# Chapter "camera": each effect off and on in the scene where it shows. A line names the effect, the time and the two settings; `forgotten` checks
# that every property of a camera that changes its pictures is on one of them.
NOON, EVENING, DAWN, NIGHT = "2026-06-20 at 12:00", "2026-06-20 at 20:50", "2026-03-22 at 06:45", "2026-06-20 at 00:30"
EFFECTS: list[tuple[str, str, str, str]] = [
    ("brown_conrady", NOON, "lens = pinhole, focal = 600", "lens = brown_conrady, k1 = -0.25, k2 = 0.06, k3 = -0.005, p1 = 0.002, p2 = -0.002, focal = 600"),
    ("kannala_brandt", NOON, "lens = pinhole, focal = 380", "lens = kannala_brandt, k1 = 0.05, k2 = -0.01, k3 = 0.002, k4 = -0.0003, focal = 380"),
    ("fisheye of 190 degrees", NOON, "", "lens = fisheye, fov = 190 deg"),
    ("fisheye_equisolid", NOON, "lens = fisheye, fov = 180 deg", "lens = fisheye_equisolid, fov = 180 deg"),
    ("fisheye_stereographic", NOON, "lens = fisheye, fov = 180 deg", "lens = fisheye_stereographic, fov = 180 deg"),
    ("circle of the lens", NOON, "lens = fisheye, focal = 160", "lens = fisheye, focal = 160, circle = 150 deg"),
    ("exposure set by hand", NOON, "exposure = 15", "exposure = 13"),
    ("aperture", NOON, "shutter = 1 ms, iso = 100, f_number = 8", "shutter = 1 ms, iso = 100, f_number = 5.6"),
    ("shutter", NOON, "f_number = 8, iso = 100, shutter = 0.5 ms", "f_number = 8, iso = 100, shutter = 1 ms"),
    ("iso", NOON, "f_number = 8, shutter = 1 ms, iso = 100", "f_number = 8, shutter = 1 ms, iso = 200"),
    ("motion_blur", NOON, "shutter = 8 ms, f_number = 16", "shutter = 8 ms, f_number = 16, motion_blur = true"),
    ("rolling shutter", NOON, "", "line_time = 100 us"),
    ("glare and bloom", DAWN, "glare = 0 %", "glare = 3 %"),
    ("glare at night", NIGHT, "glare = 0 %", "glare = 3 %"),
    ("flare", DAWN, "flare = 0", "flare = 0.001"),
    ("vignetting", NOON, "vignetting = false", "vignetting = true"),
    ("white_balance", NOON, "white_balance = 5500 K", "white_balance = 3200 K"),
    ("denoise", NIGHT, "denoise = false", "denoise = true"),
    ("highlights", NIGHT, "highlights = false", "highlights = true"),
    ("noise", EVENING, "f_number = 2, shutter = 0.2 ms, iso = 6400, denoise = false, noise = false", "f_number = 2, shutter = 0.2 ms, iso = 6400, denoise = false, noise = true"),
    ("sensor: read noise and dark current", NIGHT, "denoise = false, dark_noise = 0, dark_current = 0 Hz", "denoise = false, dark_noise = 30, dark_current = 50000 Hz"),
    ("sensor: small pixels", EVENING, "shutter = 1 ms, iso = 800, denoise = false", "shutter = 1 ms, iso = 800, denoise = false, pixel_pitch = 1 um, full_well = 1500, quantum_efficiency = 30 %"),
    ("sensor: non-uniformity", NOON, "non_uniformity = 0 %", "non_uniformity = 8 %"),
    ("output: linear12", NOON, "", "output = linear12"),
    ("output: bayer and its black level", NOON, "output = bayer, black_level = 0", "output = bayer, black_level = 256, bits = 12"),
    ("output: jpeg", NOON, "", "output = jpeg, quality = 20"),
]
# Properties that place a camera or say how often it captures.
PLACING = {"mount", "turn", "rate", "resolution", "fov", "focal"}


def camera_properties() -> list[str]:
    """Every property of a camera, from the reference page."""
    page = (ROOT / "LANGUAGE.md").read_text()
    block = page[page.index("\n### camera (in rig)"):]
    return re.findall(r"^\| `(\w+)` \|", block[:block.index("\n### ", 5)], re.M)


def forgotten() -> list[str]:
    """Properties of a camera, lenses and outputs that no picture shows."""
    settings = " ".join(f"{off}, {on}" for _, _, off, on in EFFECTS)
    missing = [name for name in camera_properties() if name not in PLACING | {"exposure_delay"} and not re.search(rf"\b{name} =", settings)]
    return missing + [f"{prop} = {word}" for prop in ("lens", "output") for word in schema_choices(prop) if word not in ("pinhole", "srgb8") and not re.search(rf"\b{prop} = {word}\b", settings)]


def delayed_exposure(squall: Squall, out: Path) -> list[tuple[str, str]]:
    """Out of a tunnel's mouth, the pictures of four seconds with an exposure that is there at once and with one that lags."""
    rows = []
    for state, setting in (("off", ""), ("on", ", exposure_delay = 1.5 s")):
        scene = drive_scene("exposure_delay", NOON, surroundings="tunnel", camera=setting).replace("at(60 m)", "at(255 m)").replace("40 km/h", "90 km/h")
        scene = scene.replace("duration = 0.1 s, rate = 10 Hz", "duration = 4 s, rate = 1 Hz").replace("resolution = (960, 540)", "resolution = (480, 270)")
        pictures = squall.render(f"camera_exposure_delay_{state}", scene)
        if pictures:
            rows.append([(f"exposure_delay {state}, {second} s", picture) for second, picture in enumerate(pictures["front"])])
    file = out / "camera_exposure_delay.png"
    sheet(rows, "exposure_delay: what the light does to a camera that follows it at once, and to one that lags", file)
    return [("exposure_delay", file.name)]


def camera_effects(squall: Squall, out: Path, match: str) -> list[tuple[str, str]]:
    shown = []
    for name, start, off, on in EFFECTS:
        if match not in name:
            continue
        row = []
        for state, setting in (("off", off), ("on", on)):
            pictures = squall.render(f"camera_{plain(name)}_{state}", drive_scene(name, start, camera=f", {setting}" if setting else ""))
            if pictures:
                row.append((f"{state}: {setting or 'as it comes'}", pictures["front"][0]))
        file = out / f"camera_{plain(name)}.png"
        sheet([row], name, file)
        shown.append((name, file.name))
    if match in "exposure_delay":
        shown += delayed_exposure(squall, out)
    return shown


def plain(name: str) -> str:
    """A caption as a file name."""
    return re.sub(r"\W+", "_", name)


CHAPTERS = {"assets": ("Every asset", assets), "people": ("People and riders", people), "surroundings": ("Surroundings at four times of day", surroundings), "times": ("Times of day", times), "camera": ("Camera effects off and on", camera_effects)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("squall")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "gallery")
    parser.add_argument("--only", default=",".join(CHAPTERS), help="chapters: " + ", ".join(CHAPTERS))
    parser.add_argument("--match", default="")
    parser.add_argument("--built", action="store_true", help="the program has just been built: do not compare it with the sources")
    options = parser.parse_args()
    chosen = options.only.split(",")
    unknown = [name for name in chosen if name not in CHAPTERS]
    if unknown:
        parser.error(f"no chapter '{unknown[0]}'; there are {', '.join(CHAPTERS)}")
    changed, file = newest_source()
    if not options.built and Path(options.squall).stat().st_mtime < changed:
        parser.error(f"{options.squall} is older than {file.relative_to(ROOT)}: build it first, pictures of an old program show what is no more")
    if "camera" in chosen and forgotten():
        parser.error("no picture shows these settings of a camera, add them to EFFECTS: " + ", ".join(forgotten()))
    work = options.out / "scenes"
    work.mkdir(parents=True, exist_ok=True)
    squall = Squall(options.squall, work)
    page = ["<!doctype html><meta charset=utf-8><title>Squall gallery</title><style>body{font:15px sans-serif;margin:2em;max-width:1500px}img{max-width:100%}</style><h1>Squall gallery</h1>"]
    for key in chosen:
        title, chapter = CHAPTERS[key]
        print(title, file=sys.stderr)
        page.append(f"<h2>{html.escape(title)}</h2>")
        for name, file in chapter(squall, options.out, options.match):
            page.append(f'<h3>{html.escape(name)}</h3><a href="{file}"><img loading=lazy src="{file}" alt="{html.escape(name)}"></a>')
    if squall.failed:
        page.append("<h2>Not rendered</h2><pre>" + html.escape("\n".join(squall.failed)) + "</pre>")
    if not options.match and "assets" in chosen:
        page.append(f"<p>{len(archetypes()) - 1} assets, three seeds each.</p>")
    (options.out / "index.html").write_text("\n".join(page) + "\n")
    print(f"{options.out / 'index.html'}: {squall.count} renders, {len(squall.failed)} failed", file=sys.stderr)
    return 1 if squall.failed else 0


if __name__ == "__main__":
    sys.exit(main())
