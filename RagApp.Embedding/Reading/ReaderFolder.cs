using RagApp.Embedding.Embedded;

namespace RagApp.Embedding.Reading;

/// <summary>
/// A model folder with a reader: <c>reader.json</c>, its graph, its calibration, and the embedding model whose tokenizer it
/// shares.
/// </summary>
internal sealed record ReaderFolder(ReaderDescription Description, ReaderCalibration Calibration, string OnnxPath, ModelFolder Embedding)
{
    public const string DescriptionFile = "reader.json";

    /// <summary>Reads the descriptions and checks that the files they name exist.</summary>
    /// <exception cref="InvalidDataException">Something is missing or wrong; the message names it.</exception>
    public static ReaderFolder Open(string path)
    {
        var embedding = ModelFolder.Open(path);
        var description = Require(ModelFolder.Read(ModelFolder.Existing(path, DescriptionFile), ReaderJson.Default.ReaderDescription), path);
        return new ReaderFolder(description, ReaderCalibration.Open(path, description.Id), ModelFolder.Existing(path, description.Model), embedding);
    }

    private static ReaderDescription Require(ReaderDescription reader, string path)
    {
        var file = Path.Combine(path, DescriptionFile);
        return reader switch
        {
            { Id: "" } => throw new InvalidDataException($"{file}: 'id' is empty."),
            { MaxSpanTokens: < 1 } => throw new InvalidDataException($"{file}: 'maxSpanTokens' is at least 1."),
            { MaxQuestionTokens: < 1 } => throw new InvalidDataException($"{file}: 'maxQuestionTokens' is at least 1."),
            _ when PassageWindows.LeastRoom(reader) <= reader.MaxSpanTokens =>
                throw new InvalidDataException($"{file}: 'maxTokens' leaves no room for a passage beside question, headings and the longest answer."),
            _ => reader,
        };
    }
}
