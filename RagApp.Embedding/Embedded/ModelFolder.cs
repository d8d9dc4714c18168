using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.Embedding.Embedded;

/// <summary>A model folder with <c>model.json</c>, <c>model.onnx</c> and the tokenizer's file.</summary>
internal sealed record ModelFolder(ModelDescription Description, string OnnxPath, string TokenizerPath)
{
    public const string DescriptionFile = "model.json";
    private const string OnnxFile = "model.onnx";

    /// <summary>Reads the description and checks that the files it names exist.</summary>
    /// <exception cref="InvalidDataException">Something is missing or wrong; the message names it.</exception>
    public static ModelFolder Open(string path)
    {
        if (!Directory.Exists(path))
            throw new InvalidDataException($"the folder {path} does not exist.");

        var description = Require(Read(Existing(path, DescriptionFile), ModelJson.Default.ModelDescription), Path.Combine(path, DescriptionFile));
        return new ModelFolder(description, Existing(path, OnnxFile), Existing(path, description.Tokenizer.File));
    }

    /// <summary>The path of a file of a folder.</summary>
    /// <exception cref="InvalidDataException">The folder has no such file.</exception>
    public static string Existing(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? path : throw new InvalidDataException($"the folder {folder} has no {file}.");
    }

    /// <summary>Reads a JSON file of a model folder.</summary>
    /// <exception cref="InvalidDataException">The file is no JSON of this type, or empty.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, type) ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not as it should be: {exception.Message}", exception);
        }
    }

    private static ModelDescription Require(ModelDescription description, string path) => description switch
    {
        { Id: "" } => throw new InvalidDataException($"{path}: 'id' is empty."),
        { Dimension: < 1 } => throw new InvalidDataException($"{path}: 'dimension' is at least 1."),
        { MaxTokens: < 3 } => throw new InvalidDataException($"{path}: 'maxTokens' is at least 3, two of them being marks."),
        { FusionWeight: < 0 or > 1 } => throw new InvalidDataException($"{path}: 'fusionWeight' lies between 0 and 1."),
        { AnswerSimilarity: < 0 or > 1 } => throw new InvalidDataException($"{path}: 'answerSimilarity' lies between 0 and 1."),
        _ => description,
    };
}
