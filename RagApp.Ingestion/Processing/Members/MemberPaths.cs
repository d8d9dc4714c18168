using System.Globalization;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>
/// Finds the path of the document for every file inside a file: the parent's path, a slash, the file's name, in normal
/// form C. Where two
/// have the same, or somebody's own document has it, the later one gets a number: <c>report (2).pdf</c>. The same
/// file gives the same paths.
/// </summary>
internal sealed class MemberPaths(IDocumentStore store)
{
    public async Task<IReadOnlyList<MemberPlan>> PlanAsync(
        DocumentManifest parent, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var plans = new List<MemberPlan>(members.Count);
        foreach (var member in members)
        {
            var wanted = Wanted(parent, member);
            var path = wanted;
            for (var number = numbers.GetValueOrDefault(wanted, 1); taken.Contains(path) || await IsForeignAsync(parent, path, cancellationToken);)
            {
                numbers[wanted] = ++number; // goes on where the last of this name ended: a mailbox may hold thousands
                path = DocumentPath.Numbered(wanted, number);
            }
            taken.Add(path);
            plans.Add(new MemberPlan(member, path, DocumentIds.For(parent.Tenant, path)));
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
        await store.FindAsync(parent.Tenant, DocumentIds.For(parent.Tenant, path), cancellationToken) is { Manifest: var found }
        && found.Origin?.IsDirectlyIn(parent) != true;
}
