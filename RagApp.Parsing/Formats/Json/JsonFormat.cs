using System.Text;
using System.Text.Json;
using RagApp.Parsing.Formats.PlainText;

namespace RagApp.Parsing.Formats.Json;

/// <summary>JSON and JSON Lines, read as lines of names and values. Invalid JSON is read as plain text.</summary>
internal sealed class JsonFormat : IDocumentFormat
{
    public const string MediaType = "application/json";

    private const int Deepest = 1_000;

    public string Name => "json";

    public string Title => "JSON";

    public string ContentType => MediaType;

    public string DocumentType => "data";

    public IReadOnlyList<string> Extensions { get; } = [".json", ".jsonl", ".ndjson"];

    public bool Recognizes(FileSample sample) => sample.Text is { } text && JsonSigns.AreIn(text, named: Extensions.Contains(sample.Extension));

    public void Read(Stream file, BlockWriter output)
    {
        var text = TextDecoder.DecodeAll(file);
        try
        {
            Read(Encoding.UTF8.GetBytes(text), output);
        }
        catch (JsonException exception)
        {
            if (exception.Message.Contains("depth", StringComparison.OrdinalIgnoreCase))
                throw new ParseLimitException($"It is nested more than {Deepest:N0} deep. Flatten it and upload that.");
            if (output.Blocks.Count == 0)
                PlainTextFormat.ReadText(text, output);
            output.Warn("The file is not valid JSON: it was read as far as it is, or as plain text.");
        }
    }

    private static void Read(byte[] json, BlockWriter output)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            AllowMultipleValues = true,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = Deepest,
        });
        var text = new JsonText(output);
        try
        {
            while (reader.Read())
                text.Add(ref reader);
        }
        finally
        {
            text.Flush();
        }
    }
}
