namespace RagApp.Parsing.Formats.Archives;

/// <summary>Names of parts inside an archive. They are only looked up in the archive and never used as file paths.</summary>
internal static class ArchivePath
{
    /// <summary>The name in the form used for comparison: forward slashes, none at the start.</summary>
    public static string Normal(string name) => name.Replace('\\', '/').TrimStart('/');

    /// <summary>The folder of the part with a slash at the end, or an empty text.</summary>
    public static string Folder(string part) => part[..(part.LastIndexOf('/') + 1)];

    /// <summary>
    /// The target of a relationship in <paramref name="part"/>: <c>../media/a.xml</c> in <c>ppt/slides/s.xml</c> is
    /// <c>ppt/media/a.xml</c>.
    /// </summary>
    public static string Resolve(string part, string target)
    {
        target = target.Replace('\\', '/');
        var segments = new List<string>();
        foreach (var segment in (target.StartsWith('/') ? target : Folder(part) + target).Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("" or "." or ".."))
                segments.Add(segment);
        }
        return string.Join('/', segments);
    }
}
