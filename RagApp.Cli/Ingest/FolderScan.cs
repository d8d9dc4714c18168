using Microsoft.Extensions.FileSystemGlobbing;

namespace RagApp.Cli.Ingest;

/// <summary>
/// Finds the files below a folder, sorted by path. Links to folders are not followed, since they may form cycles. A file or folder
/// that cannot be read is reported as a problem and does not stop the scan.
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
        else if (target.Length > 0) // skips empty files, and with them pipes and devices: reading one of those may never end
            _files.Add(new LocalFile(file.FullName, settings.Prefix.Length == 0 ? relative : $"{settings.Prefix}/{relative}", target.Length));
    }

    private string Relative(FileSystemInfo entry) =>
        Path.GetRelativePath(settings.Folder.FullName, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>True for names that begin with a dot, hidden files, and the lock files that Office leaves next to open documents.</summary>
    private static bool IsHidden(FileSystemInfo entry) =>
        entry.Name is ['.', ..] or ['~', '$', ..] || entry.Attributes.HasFlag(FileAttributes.Hidden);

    private static Matcher Matcher(IngestSettings settings)
    {
        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        matcher.AddIncludePatterns(settings.Include.Count == 0 ? ["**/*"] : settings.Include.SelectMany(Patterns));
        matcher.AddExcludePatterns(settings.Exclude.SelectMany(Patterns));
        return matcher;
    }

    /// <summary>
    /// Expands a pattern: without a slash it matches a name at any depth, and with the name of a folder it matches everything
    /// in that folder.
    /// </summary>
    private static IEnumerable<string> Patterns(string glob)
    {
        var pattern = glob.Contains('/', StringComparison.Ordinal) ? glob.Trim('/') : $"**/{glob}";
        return [pattern, $"{pattern}/**"];
    }
}
