using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>What one upload may hold in all. It is checked by what the files declare before anything is unpacked; more than declared never comes out.</summary>
internal sealed class MemberGuard(IOptions<MembersOptions> options)
{
    private const string WayOut = "Upload what is inside in several parts.";

    /// <exception cref="ParseLimitException">It is too deep.</exception>
    public void RequireDepth(int depth)
    {
        if (depth > options.Value.MaxDepth)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"The files inside it are nested deeper than {options.Value.MaxDepth} levels and were left out. Upload them on their own."));
    }

    /// <param name="rootBytes">Size of the upload.</param>
    /// <exception cref="ParseLimitException">It is too much.</exception>
    public void RequireRoom(DocumentTree tree, long rootBytes)
    {
        var documents = tree.Nodes.Values.Sum(node => (long)node.Members.Count);
        if (documents > options.Value.MaxDocuments)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"With the files inside it the upload would be more than {options.Value.MaxDocuments:N0} documents. {WayOut}"));
        var bytes = tree.Nodes.Values.Sum(node => (double)node.Bytes);
        if (bytes > options.Value.MaxBytes)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"With the files inside it the upload would unpack to more than {options.Value.MaxBytes:N0} bytes. {WayOut}"));
        if (bytes > ParseLimits.HarmlessBytes && bytes > rootBytes * (double)options.Value.MaxRatio)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"With the files inside it the upload would unpack to more than {options.Value.MaxRatio:N0} times its size, as files do that are made to harm. {WayOut}"));
    }
}
