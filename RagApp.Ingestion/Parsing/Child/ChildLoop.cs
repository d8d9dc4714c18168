using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Ingestion.Parsing.PageTools;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>A parser child: reads one document after the other as it is asked to, each under limits of its own.</summary>
internal sealed class ChildLoop(ParserOptions options) : IDisposable
{
    private readonly ParserBounds _bounds = options.Bounds;
    private readonly Stream _output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);

    /// <returns>0, when standard input was closed between two documents.</returns>
    public int Run()
    {
        using var requests = new BlockingCollection<ChildRequest>();
        ParentWatch.Start(line => requests.Add(JsonSerializer.Deserialize(line, ParsingJson.Default.ChildRequest)!), requests.CompleteAdding);
        foreach (var request in requests.GetConsumingEnumerable())
        {
            using var working = ParentWatch.Working();
            ProcessLimits.BeginDocument(_bounds.Usual);
            Answer(ChildReader.Read(request.File, file => Read(file, request)));
        }
        return 0;
    }

    public void Dispose() => _output.Dispose();

    private ParseResult Read(FileStream file, ChildRequest request) => FileReader.Read(
        file, Path.GetFileName(request.File), request.WithMembers ? new MemberReading() : null, Pages(), Detected);

    /// <summary>A part of the time is left for the rest of the document.</summary>
    private PageReader? Pages() => options.Ocr.Enabled
        ? new PageReader(options.Ocr.Languages, options.Ocr.MaxPages, _bounds.For(MediaTypes.Pdf).WallTime * 0.75, TimeProvider.System)
        : null;

    private void Detected(string contentType)
    {
        ProcessLimits.Narrow(_bounds.For(contentType));
        ChildFrames.Write(_output, ChildFrame.Detected, Encoding.UTF8.GetBytes(contentType));
    }

    private void Answer(ParseResult result)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(writer, result, ParsingJson.Default.ParseResult);
        ChildFrames.Write(_output, ChildFrame.Result, json.GetBuffer().AsSpan(0, (int)json.Length));
    }
}
