using Microsoft.Extensions.FileSystemGlobbing;

namespace RagApp.Cli.Ingest;

/// <summary>
/// The files below a folder, in order of their paths. Links to folders are not followed, since they may lead in
/// circles. What cannot be read is a problem of its own and stops nothing.
/// </summary>
internal sealed class FolderScan(IngestSettings settings)
{
    private readonly Matcher _matcher = Matcher(settings);
    private readonly List<LocalFile> _files = [];
    private readonly List<FileProblem> _problems = [];

    public (IReadOnlyList<LocalFile> Files, IReadOnlyList<FileProblem> Problems) Run(CancellationToken cancellationToken)
    {
        var folders = new Stack<DirectoryInfo>([settings.Folder]);
        while (folders.TryPop(out var folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !IsHidden(entry)))
                {
                    if (entry is not DirectoryInfo below)
                        AddFile((FileInfo)entry);
                    else if (below.LinkTarget is null)
                        folders.Push(below);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                _problems.Add(new FileProblem(Relative(folder), $"The folder cannot be read: {exception.Message}"));
            }
        }
        return ([.. _files.OrderBy(file => file.Path, StringComparer.Ordinal)], _problems);
    }

    private void AddFile(FileInfo file)
    {
        var relative = Relative(file);
        if (!_matcher.Match(relative).HasMatches)
            return;
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (target is not { Exists: true })
            _problems.Add(new FileProblem(relative, "The link leads nowhere."));
        else if (target.Length > 0) // pipes and devices have no length either, and reading one may never end
            _files.Add(new LocalFile(file.FullName, settings.Prefix.Length == 0 ? relative : $"{settings.Prefix}/{relative}", target.Length));
    }

    private string Relative(FileSystemInfo entry) =>
        Path.GetRelativePath(settings.Folder.FullName, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>By a dot, by attribute, or a lock that Office leaves beside an open document.</summary>
    private static bool IsHidden(FileSystemInfo entry) =>
        entry.Name is ['.', ..] or ['~', '$', ..] || entry.Attributes.HasFlag(FileAttributes.Hidden);

    private static Matcher Matcher(IngestSettings settings)
    {
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        matcher.AddIncludePatterns(settings.Include.Count == 0 ? ["**/*"] : settings.Include.SelectMany(Patterns));
        matcher.AddExcludePatterns(settings.Exclude.SelectMany(Patterns));
        return matcher;
    }

    /// <summary>A pattern without a slash is a name at any depth; a pattern that names a folder means all that is in it.</summary>
    private static IEnumerable<string> Patterns(string glob)
    {
        var pattern = glob.Contains('/', StringComparison.Ordinal) ? glob.Trim('/') : $"**/{glob}";
        return [pattern, $"{pattern}/**"];
    }
}
