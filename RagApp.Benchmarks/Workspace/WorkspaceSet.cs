using System.Text.Json;
using Microsoft.VisualBasic.FileIO;

namespace RagApp.Benchmarks.Workspace;

/// <summary>
/// A folder of files and questions, in a corpus:
/// <code>
/// files.csv        path,access,title                  path relative to the corpus, the parent of this folder
///                  handbook/leave.md,group:staff,Leave
/// questions.jsonl  {"id": "w001", "kind": "fact", "question": "Who ...?", "answers": ["Ada"], "document": "handbook/leave.md", "page": null}
/// </code>
/// </summary>
internal sealed record WorkspaceSet(IReadOnlyList<WorkspaceFile> Files, IReadOnlyList<WorkspaceQuestion> Questions)
{
    private const string FilesName = "files.csv";
    private const string QuestionsName = "questions.jsonl";
    private const string GroupPrefix = "group:";

    private readonly HashSet<string> _public = Files.Where(file => file.IsPublic).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);

    /// <summary>Groups that may read some of the files.</summary>
    public IReadOnlyList<string> Groups =>
        [.. Files.Where(file => file.Access.StartsWith(GroupPrefix, StringComparison.Ordinal)).Select(file => file.Access[GroupPrefix.Length..]).Distinct(StringComparer.Ordinal)];

    /// <exception cref="UsageException">A file is missing.</exception>
    public static WorkspaceSet Read(string folder)
    {
        foreach (var name in (string[])[FilesName, QuestionsName])
        {
            if (!File.Exists(Path.Combine(folder, name)))
                throw new UsageException($"There is no {name} in '{folder}'.");
        }
        var corpus = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))!;
        var files = ReadFiles(Path.Combine(folder, FilesName), corpus).ToList();
        if (files.Find(file => !File.Exists(file.FullPath)) is { } missing)
            throw new UsageException($"{FilesName} names '{missing.Path}', which is not in '{corpus}'.");
        var questions = File.ReadLines(Path.Combine(folder, QuestionsName)).Select(line => JsonSerializer.Deserialize(line, WorkspaceJson.Readable.WorkspaceQuestion)!);
        return new WorkspaceSet(files, [.. questions]);
    }

    /// <summary>True when everybody may read the document; its path is that of a file, or of a document inside one.</summary>
    public bool IsPublic(string document) => _public.Any(file => IsOrIsInside(document, file));

    /// <summary>True when a document is the file, or a document inside it, such as the attachment of a mail.</summary>
    public static bool IsOrIsInside(string document, string file) =>
        document.StartsWith(file, StringComparison.Ordinal) && (document.Length == file.Length || document[file.Length] == '/');

    private static IEnumerable<WorkspaceFile> ReadFiles(string path, string corpus)
    {
        using var csv = new TextFieldParser(path) { Delimiters = [","], TrimWhiteSpace = false };
        var columns = csv.ReadFields()!.ToList();
        while (csv.ReadFields() is { } fields)
        {
            var name = fields[columns.IndexOf("path")];
            yield return new WorkspaceFile(name, fields[columns.IndexOf("access")], Path.Combine(corpus, name));
        }
    }
}

/// <param name="Path">Path relative to the corpus, which is also the document's path.</param>
/// <param name="Access"><c>public</c> or <c>group:NAME</c>.</param>
internal sealed record WorkspaceFile(string Path, string Access, string FullPath)
{
    public bool IsPublic => Access == "public";
}
