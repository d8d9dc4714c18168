using System.Text;

namespace RagApp.Benchmarks.Throughput;

/// <summary>The handbook of the corpus: hundreds of small Markdown files.</summary>
internal sealed class Handbook(string folder)
{
    private readonly List<(string Path, byte[] Content)> _files =
        [.. Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(folder, path), File.ReadAllBytes(path)))];

    public int Count => _files.Count;

    /// <summary>All files of the handbook, each with content that differs from every other edition.</summary>
    public IEnumerable<(string Path, byte[] Content)> Edition(int number) => _files.Select(file =>
        (FormattableString.Invariant($"edition-{number}/{file.Path}"),
            (byte[])[.. file.Content, .. Encoding.UTF8.GetBytes(FormattableString.Invariant($"\n\nThis is edition {number}.\n"))]));
}
