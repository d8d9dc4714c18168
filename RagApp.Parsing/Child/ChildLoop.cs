using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RagApp.Parsing.Formats.Pdf;
using RagApp.Parsing.Members;
using RagApp.Parsing.Ocr;

namespace RagApp.Parsing.Child;

/// <summary>The main loop of a parser child: reads one document after the other on request, each under its own limits.</summary>
internal sealed class ChildLoop(ChildSettings settings) : IDisposable
{
    private readonly ParserBounds _bounds = settings.Bounds;
    private readonly Stream _output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);

    /// <returns>0 when standard input is closed between two documents.</returns>
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

    private ParseResult Read(FileStream file, ChildRequest request) => FileReader.Shipped.Read(
        file, Path.GetFileName(request.File), request.WithMembers ? new MemberReading() : null, Pages(), Detected);

    /// <summary>The reader of scanned pages; it gets three quarters of the time limit and leaves the rest for the document's other pages.</summary>
    private PageReader? Pages() => settings.Ocr is { } ocr
        ? new PageReader(ocr.Languages, ocr.MaxPages, _bounds.For(PdfFormat.MediaType).WallTime * 0.75, TimeProvider.System)
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
