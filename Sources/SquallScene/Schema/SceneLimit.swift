/// Bounds that keep any input from growing without end; passing one is an error, never a hang or a crash. Every reader and the
/// reference page take them from here.
public enum SceneLimit: String, CaseIterable, Sendable {
    case sceneBytes, nesting, importDepth, importCount, globals, dependencies, actors, objects, coordinate, pathLength, samples, attempts, placeAttempts, drawSteps, simulationSteps
    case roadBytes, roadElements, roadDepth, roadLanes, roadLength, roadLaneLength, roadSectionLanes, roadOverlaps, roadFacets, roadObjects
    case assetBytes, assetVertices, assetIndices, assetNodes, assetMaterials, assetTextures, assetSize, worldMaterials, imageSide, imagePixels

    public var value: Int {
        switch self {
        case .sceneBytes: 4 << 20
        case .nesting: 200
        case .importDepth: 16
        case .importCount: 200
        case .globals: 10_000
        case .dependencies: 200
        case .actors: 2000
        case .objects: 65_535
        case .coordinate: 1_000_000
        case .pathLength: 1_000_000
        case .samples: 10_000_000
        case .attempts: 1000
        case .placeAttempts: 64
        case .drawSteps: 5_000_000
        case .simulationSteps: 3_000_000
        case .roadBytes: 64 << 20
        case .roadElements: 1_000_000
        case .roadDepth: 64
        case .roadLanes: 20_000
        case .roadLength: 5_000_000
        case .roadLaneLength: 25_000_000
        case .roadSectionLanes: 256
        case .roadOverlaps: 50_000_000
        case .roadFacets: 4_000_000
        case .roadObjects: 60_000
        case .assetBytes: 512 << 20
        case .assetVertices: 20_000_000
        case .assetIndices: 80_000_000
        case .assetNodes: 200_000
        case .assetMaterials: 10_000
        case .assetTextures: 10_000
        case .assetSize: 10_000
        case .worldMaterials: 1_000_000
        case .imageSide: 16_384
        case .imagePixels: 64 << 20
        }
    }

    public var summary: String {
        switch self {
        case .sceneBytes: "bytes of a scene file"
        case .nesting: "levels of braces, parentheses and operators within one another"
        case .importDepth: "files that import one another in a row"
        case .importCount: "imports of a scene, those of imported files counted each time"
        case .globals: "params and lets, those of imported files counted each time"
        case .dependencies: "values that depend on one another in a row"
        case .actors: "actors, copies counted, traffic not"
        case .objects: "objects with an id: actors and what the road places"
        case .coordinate: "metres a place may lie from the origin, or a distance may reach"
        case .pathLength: "metres of all paths the actors of a scene follow"
        case .samples: "samples of a dataset"
        case .attempts: "draws of one sample that `require` or an impossible place rejects"
        case .placeAttempts: "places tried for a vehicle of traffic before it is left out, with a warning"
        case .drawSteps: "steps of evaluation for one draw"
        case .simulationSteps: "actors times steps of 1/240 s in one episode"
        case .roadBytes: "bytes of a road file"
        case .roadElements: "elements of a road file"
        case .roadDepth: "levels of elements of a road file"
        case .roadLanes: "lanes of a road file, counted in every section"
        case .roadLength: "metres of road in one file"
        case .roadLaneLength: "metres of lane in one file"
        case .roadSectionLanes: "lanes beside one another"
        case .roadOverlaps: "pairs of pieces of road (4 m or longer) in one place"
        case .roadFacets: "facets of road, verge and paint around a scene; in crowded places they count more"
        case .roadObjects: "objects and signals a road file places"
        case .assetBytes: "bytes of a model with all it names"
        case .assetVertices: "vertices of a model as placed"
        case .assetIndices: "vertices and indices a model file holds"
        case .assetNodes: "nodes of a model"
        case .assetMaterials: "materials of a model"
        case .assetTextures: "textures of a model, and pictures"
        case .assetSize: "metres of a model along each axis, and from its origin"
        case .worldMaterials: "materials of all models of a scene; each colour of a model counts its own"
        case .imageSide: "pixels of a picture's longer side"
        case .imagePixels: "pixels of all pictures of a model"
        }
    }
}
