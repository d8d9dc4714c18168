using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Parsing;
using RagApp.Storage.Documents.Trees;

namespace RagApp.Ingestion.Processing.Children;

/// <summary>
/// Checks the limits on all files inside one upload. The declared sizes are checked before anything is unpacked; a file
/// that unpacks to more than it declares is cut off.
/// </summary>
internal sealed class ChildGuard(IOptions<MembersOptions> options)
{
    private const string WayOut = "Upload what is inside in several parts.";

    /// <exception cref="ParseLimitException">The files are nested too deeply.</exception>
    public void RequireDepth(int depth)
    {
        if (depth > options.Value.MaxDepth)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"The files inside it are nested deeper than {options.Value.MaxDepth} levels and were left out. Upload them on their own."));
    }

    /// <param name="rootBytes">Size of the upload.</param>
    /// <exception cref="ParseLimitException">There are too many files, or they are too large.</exception>
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
