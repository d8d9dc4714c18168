using System.Text;
using System.Text.Json;
using RagApp.Ingestion.Parsing.Formats.PlainText;

namespace RagApp.Ingestion.Parsing.Formats.Json;

/// <summary>JSON and JSON Lines, as lines of names and values. What turns out not to be JSON is read as plain text.</summary>
internal sealed class JsonFormat : IDocumentFormat
{
    private const int Deepest = 1_000;

    public string ContentType => MediaTypes.Json;

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
