namespace RagApp.Ingestion.Parsing.Formats.Archives;

/// <summary>Names of parts inside an archive. They only ever look parts up in it; none reaches the file system.</summary>
internal static class PartName
{
    /// <summary>As parts are compared: forward slashes, none in front.</summary>
    public static string Normal(string name) => name.Replace('\\', '/').TrimStart('/');

    /// <summary>The folder with its slash, or nothing.</summary>
    public static string Folder(string part) => part[..(part.LastIndexOf('/') + 1)];

    /// <summary>Where a relationship in <paramref name="part"/> points: <c>../media/a.xml</c> in <c>ppt/slides/s.xml</c> is <c>ppt/media/a.xml</c>.</summary>
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
