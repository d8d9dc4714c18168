using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>
/// Reads .doc, .xls and .ppt with what there is: a configured server, or LibreOffice, whose new file a parser child then
/// reads like any other. Without either, people are told both ways out.
/// </summary>
internal sealed class LegacyOfficeReader(LibreOffice office, UnstructuredClient unstructured, IOptions<ParserOptions> options)
{
    /// <param name="refusal">What the parser child said, which knows the kind.</param>
    /// <param name="parse">Has a parser child read the new file.</param>
    public async Task<ParseResult> ReadAsync(
        string file, ParseResult refusal, Func<string, Task<ParseResult>> parse, CancellationToken cancellationToken)
    {
        if (LegacyKind.Of(refusal.ContentType) is not { } kind)
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
