using Microsoft.Extensions.Options;
using RagApp.Parsing;
using RagApp.Parsing.Formats.OldOffice;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// Reads .doc, .xls and .ppt: with the configured server, or with LibreOffice, whose converted file a parser child
/// reads like any other. Without either, the result tells people about both ways.
/// </summary>
internal sealed class LegacyOfficeReader(LibreOffice office, UnstructuredClient unstructured, IOptions<ParserOptions> options)
{
    /// <param name="refusal">The refusal of the parser child, which names the kind of file.</param>
    /// <param name="parse">Reads the converted file in a parser child.</param>
    public async Task<ParseResult> ReadAsync(
        string file, ParseResult refusal, Func<string, Task<ParseResult>> parse, CancellationToken cancellationToken)
    {
        if (FormatRegistry.Shipped.Find(refusal.ContentType) is not OldOfficeFormat kind)
            return refusal;
        if (options.Value.LegacyOffice.Endpoint is { } endpoint)
            return (await unstructured.ReadAsync(endpoint, file, kind, cancellationToken)).As(refusal.ContentType);
        if (!office.IsInstalled)
            return refusal with { Reason = $"{refusal.Reason} Or have whoever runs this service install LibreOffice beside it, or set Parser:LegacyOffice:Endpoint to an Unstructured-compatible server: then it is read as it is." };

        using var folder = OfficeFolder.Create(options.Value.TempPath);
        var (newFile, failure) = await office.ConvertAsync(file, kind, folder, cancellationToken);
        return (newFile is null ? failure! : await parse(newFile)).As(refusal.ContentType);
    }
}
