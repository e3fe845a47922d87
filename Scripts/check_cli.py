"""The program as a user meets it: bad input gets one clear message, killed runs resume to the same bytes, sample 5 is sample 5.

    python3 Scripts/check_cli.py .build/release/squall

Prints a line per check and `N passed, N failed`; the exit code is 1 when any failed.
"""

import base64, hashlib, json, os, random, re, shlex, shutil, signal, struct, subprocess, sys, tempfile, time, zlib
from pathlib import Path

squall = Path(sys.argv[1]).resolve()
checkout = Path(__file__).resolve().parent.parent
work = Path(tempfile.mkdtemp(prefix="squall-cli-"))
passed = failed = 0


def run(*arguments, cwd=checkout, timeout=120, **environment):
    started = time.time()
    environment = os.environ | {name: str(value) for name, value in environment.items()}
    done = subprocess.run([squall, *map(str, arguments)], cwd=cwd, capture_output=True, timeout=timeout, env=environment)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), time.time() - started


def check(name, ok, detail=""):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name}" + ("" if ok else f"\n     {detail}"), flush=True)


def refused(name, *arguments, says=(), within=20):
    """Fails with one message that says what and where, quickly, without a crash."""
    try:
        code, out, err, seconds = run(*arguments, timeout=60)
    except subprocess.TimeoutExpired:
        check(name, False, "hangs")
        return
    text = out + err
    missing = [s for s in says if s.lower() not in text.lower()]
    crash = code < 0 or "Fatal error" in text or "Stack dump" in text
    check(name, code > 0 and not crash and not missing and text.strip() and seconds < within, f"exit {code}, {seconds:.1f} s, lacks {missing}: {text[-600:]}")


def file(name, content):
    path = work / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def scenes():
    whole = (checkout / "Scenes/weather/motorway_downpour.squall").read_bytes()
    refused("missing scene", "check", work / "none.squall", says=["none.squall"])
    refused("broken scene", "check", file("broken.squall", "scene \"x\"\nweather { fog { visiblity = 10 m } }\nactor ego is sedn {}\n"), says=["visibility", "sedan", "broken.squall:2"])
    refused("truncated scene", "check", file("truncated.squall", whole[: len(whole) // 2]), says=["truncated.squall"])
    refused("binary scene", "check", file("binary.squall", random.Random(1).randbytes(5000)), says=["binary.squall"])
    refused("huge scene", "check", file("huge.squall", b"param a = 1\n" * 2_000_000), says=["huge.squall"])
    refused("deep scene", "check", file("deep.squall", "scene \"x\"\nparam a = " + "(" * 100_000 + "1" + ")" * 100_000 + "\n"), says=["deep.squall"])
    refused("self-importing scene", "check", file("self.squall", "scene \"x\"\nimport \"self.squall\" as me\n"), says=["self.squall"])
    refused("unit mismatch", "check", file("unit.squall", "scene \"x\"\nparam a = 30 km/h + 2 m\n"), says=["speed", "length"])
    refused("import outside the root", "check", file("outside/scene.squall", "scene \"x\"\nimport \"../../etc/passwd.squall\" as p\n"), says=["scene.squall"])
    refused("a folder as scene", "check", work, says=["this is a folder, not a scene file"])
    refused("an empty expression", "eval", "", says=["there is nothing to work out"])
    refused("a misspelt command", "chekc", "x.squall", says=["there is no command 'chekc'", "did you mean 'check'?"])
    refused("no command at all like it", "frobnicate", says=["commands are check, render, preview"])
    os.mkfifo(work / "pipe.squall")
    refused("a pipe as scene", "check", work / "pipe.squall", says=["cannot be read"])
    chain = "".join(f"param a{i} = a{i + 1} + 1\n" for i in range(5000)) + "param a5000 = 1\n"
    refused("a long chain of values", "check", file("chain.squall", 'scene "x"\n' + chain), says=["depend on one another"])
    refused("an infinite value", "eval", "1/0", says=["infinite"])
    refused("an unknown flag of eval", "eval", "--jsn", "1 + 1", says=["no option '--jsn'"])
    code, out, err, _ = run("eval", "--json", "2 + 1", "1 m + 2 s", "5 / 0")
    lines = [json.loads(l) for l in out.splitlines()]
    check("eval --json answers each expression with a line", code == 1 and not err and [l.get("value", l.get("code")) for l in lines] == [3, "unit-mismatch", "no-value"], out + err)
    code, out, err, _ = run("eval", "-5 degC", "-2 ^ 2")
    check("an expression may begin with a minus", code == 0 and out == "-5 degC\n-4\n", out + err)
    code, out, err, _ = run("check", file("blind.squall", 'scene "x"\nactor a is sedan { place = at((0 m, 0 m, 0 m)) }\n'))
    check("a scene without a rig is warned of", code == 0 and "no actor carries a rig, so there is nothing to render" in err and "ok, 1 warning" in out, out + err)
    few = file("few.squall", small.replace("{road}", "straight.xodr").replace("{{", "{").replace("}}", "}") + "labels { use = [depth, points] }\n")
    shutil.copy(checkout / "Scenes/roads/straight_500m.xodr", work / "straight.xodr")
    refused("a format that needs a label the scene leaves out, in check", "check", "--formats", "native,coco", few, says=["coco needs instance", "few.squall:16", "add instance to use"])
    refused("and in render", "render", few, "--formats", "coco", "--out", work / "few", says=["coco needs boxes", "few.squall:16"])
    check("before anything is written", not (work / "few").exists())
    code, out, err, _ = run("check", "--formats", "native", few)
    check("native needs no label", code == 0, out + err)
    refused("an unknown format in check", "check", "--formats", "cocoo", few, says=["cocoo", "coco"])
    refused("a sensor rate that does not divide the record's", "check", file("uneven.squall", few.read_text().replace("1.5 m)", "1.5 m), rate = 3 Hz", 1)), says=["front captures at 3 Hz", "4 Hz / 2"])
    refused("benchmarks without a checkout", "bench", "raster", "--data", work / "nowhere", says=[str(work / "nowhere"), "checkout", "--data"])
    code, out, _, _ = run("check", "--json", file("broken.squall", "scene \"x\"\nweather { fog { visiblity = 10 m } }\n"))
    lines = [json.loads(l) for l in out.splitlines()]
    check("diagnostics as JSON", code == 1 and lines and all(l["line"] == 2 for l in lines) and any(l.get("fix") for l in lines), out)


def roads():
    good = (checkout / "Scenes/roads/straight_500m.xodr").read_text()
    refused("road with NaN", "check", file("nan.xodr", good.replace('length="5.0000000000000000e+02"', 'length="NaN"')), says=["nan.xodr"])
    refused("road with zero-length geometry", "check", file("zero.xodr", good.replace('hdg="0.0000000000000000e+00" length="5.0000000000000000e+02"', 'hdg="0" length="0"')), says=["zero.xodr"])
    refused("truncated road", "check", file("cut.xodr", good[: len(good) // 2]), says=["cut.xodr"])
    lane = '<lane id="{}" type="driving"><width sOffset="0" a="3" b="0" c="0" d="0"/></lane>'
    lanes = "".join(lane.format(-i) for i in range(1, 1_000_001))
    many = good[: good.index("<right>")] + "<right>" + lanes + "</right>" + good[good.index("</right>") + 8 :]
    refused("road with a million lanes", "check", file("many.xodr", many), says=["many.xodr"])
    refused("entity bomb", "check", file("bomb.xodr", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '">' + "".join(f'<!ENTITY a{i} "{"&a" + (str(i - 1) if i else "") + ";"}">' * 1 for i in range(1, 20)) + "]><OpenDRIVE>&a19;</OpenDRIVE>"), says=["bomb.xodr"])
    code, out, err, _ = run("check", file("repeat.xodr", with_objects(good, '<object id="1" type="tree" s="0" t="5" height="5" radius="1">'
                            '<repeat s="0" length="-1000" distance="10" tStart="5" tEnd="5" heightStart="5"/></object>')))
    check("a row of trees of negative length is listed", code == 0 and "repeat" in (out + err).lower(), out + err)
    trees = "".join('<object id="1" type="tree" s="250" t="15" height="5" radius="1"/>' for _ in range(20_000))
    file("same.xodr", with_objects(good, trees))
    same = file("same.squall", small.replace("{road}", "same.xodr").replace("{{", "{").replace("}}", "}"))
    code, out, err, seconds = run("preview", same, "-o", work / "same.png")
    check("twenty thousand trees of one id are quick", code == 0 and seconds < 60, f"{seconds:.1f} s: {out + err}")
    arcs = "".join(f'<geometry s="{k * 100_000}" x="0" y="0" hdg="0" length="100000"><arc curvature="0.01"/></geometry>' for k in range(50))
    refused("a road wound around one circle", "check", file("wound.xodr", road_of(arcs, 5_000_000)), says=["wound.xodr", "lie on one another", "50000000"])
    crossing = (checkout / "Scenes/roads/simple_4way_intersection.xodr").read_text()
    code, out, err, _ = run("check", file("dangling.xodr", crossing.replace('elementId="1"', 'elementId="77"', 1)))
    check("road with a missing link is told", "77" in out + err and "dangling.xodr" in out + err, out + err)


def with_objects(road, objects):
    at = road.index("</lanes>") + 8
    return road[:at] + f"<objects>{objects}</objects>" + road[at:]


def road_of(geometry, length):
    lane = '<lane id="-1" type="driving"><width sOffset="0" a="3.5" b="0" c="0" d="0"/></lane>'
    return (f'<?xml version="1.0"?><OpenDRIVE><header revMajor="1" revMinor="6"/><road id="1" junction="-1" length="{length}"><planView>{geometry}</planView>'
            f'<lanes><laneSection s="0"><center><lane id="0" type="none"/></center><right>{lane}</right></laneSection></lanes></road></OpenDRIVE>')


def png(width, height, rows=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def gltf(**changes):
    positions = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    document = {
        "asset": {"version": "2.0"}, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}],
        "bufferViews": [{"buffer": 0, "byteLength": 36}],
        "buffers": [{"byteLength": 36, "uri": "data:application/octet-stream;base64," + base64.b64encode(positions).decode()}],
    }
    document.update(changes)
    return json.dumps(document)


def meshes():
    code, out, err, _ = run("check", file("fine.gltf", gltf()))
    check("a plain glTF is fine", code == 0, out + err)
    beyond = [{"bufferView": 0, "componentType": 5126, "count": 4_000_000_000, "type": "VEC3"}]
    refused("glTF accessor out of range", "check", file("range.gltf", gltf(accessors=beyond)), says=["range.gltf", "accessors[0]"])
    glb = (checkout / "Tests/Fixtures/TwoCubes.glb").read_bytes()
    refused("truncated glb", "check", file("cut.glb", glb[: len(glb) // 2]), says=["cut.glb"])
    image = "data:image/png;base64," + base64.b64encode(png(60_000, 60_000)).decode()
    bomb = gltf(images=[{"uri": image}], textures=[{"source": 0}], materials=[{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
                meshes=[{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}])
    refused("PNG bomb in a glTF", "check", file("bomb.gltf", bomb), says=["bomb.gltf"])
    path = checkout / "Scripts/bench-data/camera_path.json"
    refused("glTF that is no glTF", "render-gltf", file("no.glb", b"hello"), "--camera-path", path, "--no-write", says=["no.glb"])
    wide = json.loads(path.read_text()) | {"width": 5000}
    refused("camera too wide", "render-gltf", checkout / "Tests/Fixtures/TwoCubes.glb", "--camera-path", file("wide.json", json.dumps(wide)), "--no-write", says=["4096"])
    refused("camera path that is missing", "render-gltf", checkout / "Tests/Fixtures/TwoCubes.glb", "--camera-path", work / "none.json", "--no-write", says=["none.json", "there is no such file", "--camera-path"])
    code, out, err, _ = run("render-gltf", checkout / "Tests/Fixtures/TwoCubes.glb", "--camera-path", path, "--frames", 1, "--out", work / "cubes")
    check("render-gltf ends with one line: frames, seconds, where", code == 0 and not err and re.fullmatch(r"\S+/cubes: 1 frame in [0-9.]+ s\n", out), out + err)
    refused("no frames", "render-gltf", checkout / "Tests/Fixtures/TwoCubes.glb", "--camera-path", path, "--no-write", "--frames", 0, says=["--frames"])
    nested = [{"children": [1], "scale": [9e8] * 3}, {"children": [2], "scale": [9e8] * 3}, {"mesh": 0, "scale": [1e3] * 3, "name": "giant"}]
    refused("a model scaled beyond all bounds", "check", file("giant.gltf", gltf(nodes=nested)), says=["giant.gltf", "giant", "nodes[2]"])
    forty = [{"children": [k + 1], "scale": [9e8] * 3} for k in range(40)] + [{"mesh": 0, "name": "endless"}]
    refused("scales that overflow", "render-gltf", file("endless.gltf", gltf(nodes=forty)), "--camera-path", path, "--out", work / "endless", says=["endless.gltf", "nodes[40]", "endless"])
    check("and leave nothing", not (work / "endless").exists())
    file("tall.gltf", gltf(nodes=[{"mesh": 0, "scale": [2e4] * 3, "name": "tall"}]))
    tall = file("tall.squall", 'scene "x"\nimport "tall.gltf" as tall\nrig eyes { camera front { resolution = (64, 48) } }\n'
                "actor ego is sedan { place = at((0 m, 0 m, 0 m)), carries eyes }\nactor tower is tall { place = at((9 m, 0 m, 1 m)), fixed = true }\nrecord { duration = 0.2 s, rate = 5 Hz }\n")
    refused("an actor larger than 10 km", "preview", tall, "-o", work / "tall.png", says=["tall.gltf", "tall", "10 km"])
    refused("more materials than anybody needs", "check", file("paints.gltf", gltf(materials=[{}] * 2_000_000)), says=["paints.gltf", "materials", "10000"])
    cubes = checkout / "Tests/Fixtures/TwoCubes.glb"
    refused("shadows the referee does not cast", "render-gltf", cubes, "--camera-path", path, "--no-write", "--shading", "referee", "--shadows", says=["--shadows", "--shading full"])
    staged(cubes, path)
    refused("camera path that is none", "render-gltf", checkout / "Tests/Fixtures/TwoCubes.glb", "--camera-path", file("path.json", "{}"), "--no-write", says=["path.json"])


def staged(model, path):
    """render-gltf writes aside: what stands in --out is whole."""
    out = work / "staged"
    process = subprocess.Popen([squall, "render-gltf", str(model), "--camera-path", str(path), "--out", str(out)], cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.time() + 60
    while time.time() < deadline and process.poll() is None and not list(out.glob(".staging/rgb/*.png")):
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    check("a killed render-gltf leaves nothing that looks finished", process.returncode == -signal.SIGKILL and [p.name for p in out.iterdir()] == [".staging"], str(list(out.rglob("*"))[:9]))
    code, text, err, _ = run("render-gltf", model, "--camera-path", path, "--out", out, "--frames", 3)
    found = sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file())
    check("the next run starts anew and leaves its pictures alone", code == 0 and len(found) == 12 and all(n.startswith(("rgb/", "depth/", "instance/", "flow_forward/")) for n in found), text + err + str(found))
    refused("a directory with pictures in it", "render-gltf", model, "--camera-path", path, "--out", out, says=["not empty"])


small = """/// Small and quick.
scene "small"
import "{road}" as town
param ahead = uniform(8, 30) m
param rain = 10 mm/h
world {{ road = town }}
weather {{ rain {{ rate = rain }} }}
rig eyes {{
  camera front {{ resolution = (160, 90), mount = (1.6 m, 0 m, 1.5 m) }}
  lidar top {{ model = vlp32c, mount = (1 m, 0 m, 1.9 m) }}
}}
actor ego is sedan {{ place = town.lane(-1).at(60 m), speed = 40 km/h, carries eyes, do follow_lane() }}
actor leader is van {{ place = ahead_of(ego, ahead), speed = 40 km/h, do follow_lane() }}
record {{ duration = 1 s, rate = 4 Hz }}
dataset {{ samples = 6 }}
"""


def digest(folder):
    lines = []
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and not path.name.startswith("ledger.sqlite") and path.name != ".lock":
            lines.append(f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return lines


def textures():
    """A texture that a glTF file names is an input like the file itself."""
    folder = work / "textured"
    image = gltf(images=[{"uri": "paint.png"}], textures=[{"source": 0}], materials=[{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}],
                 meshes=[{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}])
    file("textured/plate.gltf", image)
    file("textured/paint.png", png(1, 1, b"\0\xff\0\0"))
    scene = file("textured/scene.squall", 'scene "x"\nimport "plate.gltf" as plate\nrig eyes { camera front { resolution = (64, 48) } }\n'
                 "actor ego is sedan { place = at((0 m, 0 m, 0 m)), carries eyes }\nactor sign is plate { place = at((9 m, 0 m, 1 m)), fixed = true }\nrecord { duration = 0.2 s, rate = 5 Hz }\n")
    code, out, err, _ = run("render", scene, "--out", folder / "out")
    inputs = [i["path"] for i in json.loads((folder / "out/manifest.json").read_text())["inputs"]] if code == 0 else []
    check("the manifest lists the files a glTF file names", inputs == ["scene.squall", "plate.gltf", "paint.png"], out + err + str(inputs))
    code, out, err, _ = run("render", scene, "--out", folder / "out", "--resume")
    check("the same texture resumes", code == 0, out + err)
    file("textured/paint.png", png(1, 1, b"\0\0\xff\0"))
    refused("a changed texture refuses --resume", "render", scene, "--out", folder / "out", "--resume", says=["another run", "paint.png"])


def rendering():
    shutil.copy(checkout / "Scenes/roads/straight_500m.xodr", work / "straight.xodr")
    scene = file("small.squall", small.format(road="straight.xodr"))
    common = ["render", scene, "--seed", 7, "--samples", 6, "--formats", "native,coco,kitti"]
    results = {}
    for workers in (1, 2, 3):
        code, out, err, whole = run(*common, "--workers", workers, "--out", work / f"w{workers}", timeout=300)
        check(f"render with {workers} workers", code == 0, out + err)
        results[workers] = digest(work / f"w{workers}")
    check("same bytes for 1, 2 and 3 workers", len(results[1]) > 50 and results[1] == results[2] == results[3], difference(results[1], results[2]) + difference(results[1], results[3]))
    check("render ends with one line: samples, frames, seconds", re.fullmatch(r"\S+/w3: 6 samples in native, coco, kitti; 24 frames rendered in [0-9.]+ s\n", out) and not err, out + err)
    interrupted(common, results[1])
    killed(common, results[1], whole)
    options(scene)
    code, out, err, _ = run("render", scene, "--seed", 7, "--index", 5, "--formats", "native,coco,kitti", "--out", work / "alone")
    check("sample 5 alone is sample 5 of the batch", code == 0 and digest(work / "alone/episodes/000005") == digest(work / "w1/episodes/000005"), out + err)
    aside = work / "aside"
    aside.mkdir()
    touched = aside.stat().st_mtime_ns
    code, out, err, _ = run("verify", work / "w1", TMPDIR=aside)
    check("verify finds nothing wrong", code == 0 and "all well" in out, out + err)
    check("and writes neither elsewhere nor anything that stays", aside.stat().st_mtime_ns == touched and digest(work / "w1") == results[1])
    victim = next((work / "w2/episodes/000002").rglob("instance/*.png"))
    victim.write_bytes(victim.read_bytes()[:-20])
    refused("verify finds a damaged file", "verify", work / "w2", says=[victim.name])
    numbers()
    directories(scene)


def interrupted(common, expected):
    """Ctrl-C after the first episode: one line that says what is kept and how to go on, and going on gives the same bytes."""
    out = work / "stopped here"
    usual = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen([squall, *map(str, common), "--workers", "1", "--out", str(out)], cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=usual)
    deadline = time.time() + 60
    while time.time() < deadline and process.poll() is None and not (out / "episodes/000000").exists():
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    said, err = (text.decode() for text in process.communicate(timeout=60))
    line = re.fullmatch(r"interrupted: ([1-5]) of 6 samples finished and kept in (.*); to go on: \S+ (render .*) --resume\n", err)
    check("Ctrl-C says what is kept and how to go on, and exits with 130", process.returncode == 130 and not said and line and line[2] == str(out), f"exit {process.returncode}: {said}{err}")
    if line:
        code, said, err, _ = run(*shlex.split(line[3]), "--resume")
        found = digest(out)
        check("the command it prints goes on to the same bytes", code == 0 and found == expected, said + err + difference(expected, found))


def options(scene):
    """Numbers on the command line outside their range."""
    for number in (0, -3, 6000):
        refused(f"preview with {number} workers", "preview", scene, f"--workers={number}", "-o", work / "never.png", says=["--workers", "1 and 1024"])
    refused("bench with -1 repetitions", "bench", "raster", "--repetitions=-1", says=["--repetitions", "between 1 and 1000"])
    refused("bench with no worker", "bench", "raster", "--workers=0", says=["--workers", "1 and 1024"])
    refused("preview before the start", "preview", scene, "--at=-1s", "-o", work / "never.png", says=["between 0 s and", "-1 s"])
    refused("preview after the end", "preview", scene, "--at=5s", "-o", work / "never.png", says=["between 0 s and", "5 s"])
    check("no picture of it", not (work / "never.png").exists())


def numbers():
    """verify reads what others may have written."""
    episode = work / "w3/episodes/000001/episode.json"
    whole = json.loads(episode.read_text())
    for name, value, says in (("rate", 1e300, "rate"), ("rate", 0, "rate"), ("frameCount", -1, "frameCount"), ("latitude", 1e9, "latitude")):
        episode.write_text(json.dumps(whole | {name: value}))
        refused(f"an episode with {name} {value}", "verify", work / "w3", says=["episode.json", says])
    bad = json.loads(episode.read_text()) | {"latitude": whole["latitude"]}
    bad["sensors"][0] = bad["sensors"][0] | {"rate": 1e-300}
    episode.write_text(json.dumps(bad))
    refused("a sensor of an impossible rate", "verify", work / "w3", says=["episode.json", "rate"])


def killed(common, expected, whole):
    """kill -9 at random moments of a run that takes `whole` seconds undisturbed, then resume."""
    dice = random.Random(5)
    out = work / "killed"
    kills = 0
    for attempt in range(60):
        process = subprocess.Popen([squall, *map(str, common), "--workers", "2", "--out", str(out), "--resume"], cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=None if kills >= 6 else dice.uniform(0.05, 0.3) * whole)
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
    found = digest(out)
    check(f"same bytes after {kills} kills and resume", process.returncode == 0 and found == expected, difference(expected, found))
    check("the runs were killed at work", kills >= 3, f"{kills} kills in runs of {whole:.1f} s")


def difference(a, b):
    return str(sorted(set(a) ^ set(b))[:6]) if a != b else ""


def directories(scene):
    refused("a finished directory rendered again", "render", scene, "--seed", 7, "--samples", 6, "--formats", "native,coco,kitti", "--out", work / "w1", says=["complete with 6 samples: nothing is left to do"])
    refused("a finished directory with more samples", "render", scene, "--seed", 7, "--samples", 8, "--formats", "native,coco,kitti", "--out", work / "w1", says=["2 more are wanted", "--resume"])
    refused("a directory of another seed", "render", scene, "--seed", 8, "--samples", 6, "--formats", "native,coco,kitti", "--out", work / "w1", "--resume", says=["another run"])
    file("foreign/thesis.txt", "mine")
    refused("a directory of something else", "render", scene, "--out", work / "foreign", says=["not a Squall dataset"])
    check("foreign files are left alone", (work / "foreign/thesis.txt").read_text() == "mine" and len(list((work / "foreign").iterdir())) == 1)
    refused("an output path that is a file", "render", scene, "--out", file("plain", "x"), says=["plain"])
    refused("an output directory that cannot be made", "render", scene, "--out", "/proc/squall", says=["/proc/squall"])
    refused("unknown flag", "render", scene, "--out", work / "x", "--colour", "red", says=["--colour"])
    refused("unknown format", "render", scene, "--formats", "cocoo", "--out", work / "x", says=["cocoo"])
    refused("no format", "render", scene, "--formats", "", "--out", work / "x", says=["--formats"])
    refused("a scene without a rig", "render", file("norig.squall", 'scene "x"\nactor a is sedan { place = at((0 m, 0 m, 0 m)) }\n'), "--out", work / "norig", says=["rig"])
    refused("masks of another kind on resume", "render", scene, "--seed", 7, "--samples", 6, "--formats", "native,coco,kitti", "--coco-polygons", "--out", work / "w1", "--resume", says=["masks"])
    never = (work / "small.squall").read_text() + "\nrequire always distance(ego, leader) < 0 m\n"
    refused("requirements that never hold", "render", file("never.squall", never), "--samples", 1, "--out", work / "never", says=["require"], within=60)
    refused("unknown param", "render", scene, "--set", "rian=8mm/h", "--out", work / "x", says=["rian", "rain"])
    refused("no unit in --set", "render", scene, "--set", "ahead=9", "--out", work / "x", says=["param ahead is a length", "for instance 9 m"])
    refused("wrong unit in --set", "render", scene, "--set", "rain=8 kg", "--out", work / "x", says=["rain"])
    confined = file("confined.squall", (work / "small.squall").read_text().replace("uniform(8, 30) m", "normal(18 m, 4 m) within 8 m ... 40 m"))
    refused("--set beyond the param's range", "render", confined, "--set", "ahead=1km", "--out", work / "x", says=["lies within 8 m ... 40 m"])
    check("nothing half-written", not (work / "x").exists())
    full_disk(scene)


def full_disk(scene):
    mount = work / "tiny"
    mount.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(mount)], capture_output=True).returncode != 0:
        print("skip full disk: needs the right to mount a tmpfs")
        return
    try:
        refused("a full disk", "render", scene, "--samples", 3, "--formats", "native", "--out", mount / "out", says=["space"])
        check("no half episode on a full disk", all((e / "files.sha256").exists() for e in (mount / "out/episodes").iterdir()))
    finally:
        subprocess.run(["umount", str(mount)])


try:
    for part in (scenes, roads, meshes, textures, rendering):
        part()
finally:
    shutil.rmtree(work, ignore_errors=True)
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
