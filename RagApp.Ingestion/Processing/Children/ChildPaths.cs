using System.Globalization;
using RagApp.Parsing.Members;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Text;

namespace RagApp.Ingestion.Processing.Children;

/// <summary>
/// Finds the document path of each file inside a file: the parent's path, a slash and the file's name, in normal form
/// C. When two files have the same path, or a document of another origin has it, the later one gets a number: <c>report
/// (2).pdf</c>. The same file always gives the same paths.
/// </summary>
internal sealed class ChildPaths(IManifestStore documents)
{
    public async Task<IReadOnlyList<ChildPlan>> PlanAsync(
        DocumentManifest parent, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var plans = new List<ChildPlan>(members.Count);
        foreach (var member in members)
        {
            var wanted = Wanted(parent, member);
            var path = wanted;
            for (var number = numbers.GetValueOrDefault(wanted, 1); taken.Contains(path) || await IsForeignAsync(parent, path, cancellationToken);)
            {
                numbers[wanted] = ++number; // continues after the last number of this name: a mailbox may hold thousands
                path = DocumentPath.Numbered(wanted, number);
            }
            taken.Add(path);
            plans.Add(new ChildPlan(member, path, DocumentIds.For(parent.Tenant, path)));
        }
        return plans;
    }

    private static string Wanted(DocumentManifest parent, DocumentMember member)
    {
        var path = NormalForm.Of($"{parent.Path}/{member.Name}");
        return path.Length <= DocumentPath.MaxLength
            ? path
            : string.Create(CultureInfo.InvariantCulture, $"{parent.Path}/{member.Number}{Path.GetExtension(member.Name)}");
    }

    private async Task<bool> IsForeignAsync(DocumentManifest parent, string path, CancellationToken cancellationToken) =>
        await documents.FindAsync(parent.Tenant, DocumentIds.For(parent.Tenant, path), cancellationToken) is { Manifest: var found }
        && found.Origin?.IsDirectlyIn(parent) != true;
}
