using System.Text.Json;

namespace RagApp.Embedding.Embedded;

/// <summary>A folder with a model: <c>model.json</c>, <c>model.onnx</c> and the tokeniser's file.</summary>
internal sealed record ModelFolder(ModelDescription Description, string OnnxPath, string TokenizerPath)
{
    private const string DescriptionFile = "model.json";
    private const string OnnxFile = "model.onnx";

    /// <summary>Reads the description and makes sure that the files it needs are there.</summary>
    /// <exception cref="InvalidDataException">Something is missing or wrong; the message names it.</exception>
    public static ModelFolder Open(string path)
    {
        if (!Directory.Exists(path))
            throw new InvalidDataException($"the folder {path} does not exist.");

        var description = Read(Existing(path, DescriptionFile));
        return new ModelFolder(description, Existing(path, OnnxFile), Existing(path, description.Tokenizer.File));
    }

    private static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new InvalidDataException($"the folder {folder} has no {file}.");
    }

    private static ModelDescription Read(string path)
    {
        ModelDescription? description;
        try
        {
            using var file = File.OpenRead(path);
            description = JsonSerializer.Deserialize(file, ModelJson.Default.ModelDescription);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is no model description: {exception.Message}", exception);
        }

        return description switch
        {
            null => throw new InvalidDataException($"{path} is empty."),
            { Id: "" } => throw new InvalidDataException($"{path}: 'id' is empty."),
            { Dimension: < 1 } => throw new InvalidDataException($"{path}: 'dimension' is at least 1."),
            { MaxTokens: < 3 } => throw new InvalidDataException($"{path}: 'maxTokens' is at least 3, two of them being marks."),
            { FusionWeight: < 0 or > 1 } => throw new InvalidDataException($"{path}: 'fusionWeight' lies between 0 and 1."),
            _ => description,
        };
    }
}
