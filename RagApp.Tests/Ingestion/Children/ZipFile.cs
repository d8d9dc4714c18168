using System.IO.Compression;
using System.Text;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>Builds ZIP archives for tests.</summary>
internal static class ZipFile
{
    public static byte[] Of(params (string Name, byte[] Content)[] files) => Of(CompressionLevel.Fastest, files);

    public static byte[] Of(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public static byte[] Of(params (string Name, string Text)[] files) => Of([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    /// <summary>
    /// A ZIP bomb: nested archives with <paramref name="width"/> archives on each of <paramref name="levels"/> levels, which
    /// unpack to far more than their size.
    /// </summary>
    public static byte[] Bomb(int levels, int width)
    {
        var inner = Of(("zeros.txt", new byte[1 << 20]));
        for (var level = 0; level < levels; level++)
            inner = Of([.. Enumerable.Range(0, width).Select(at => ($"{level}-{at}.zip", inner))]);
        return inner;
    }
}
