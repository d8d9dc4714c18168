using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>
/// Makes documents of the files inside a document, before its own text is published, so that a crash leaves a job to be
/// repeated; every step may be:
/// 1. check what the files declare against the bounds of the upload, and find their paths,
/// 2. list them in the tree of the upload, beside those of the version before,
/// 3. take them out in a parser child, each into the store as it comes,
/// 4. remove those that are not in this version, and take them off the list.
/// When not all could be taken out and the document has no text of its own, it fails, and what the version before
/// brought goes on answering, as with every failed version.
/// </summary>
internal sealed class DocumentMembers(
    IDocumentStore store,
    InheritedAccess inherited,
    ContentScreener screener,
    IMemberReader reader,
    DocumentTrees trees,
    MemberGuard guard,
    MemberPaths paths,
    MemberIntake intake,
    DocumentRemoval removal,
    ManifestEditor manifests,
    DocumentLocks locks,
    ILogger<DocumentMembers> logger)
{
    public async Task<MembersTaken> TakeAsync(DocumentManifest parent, ParseResult parsed, CancellationToken cancellationToken)
    {
        var tree = await trees.ReadAsync(parent, cancellationToken);
        if (parsed.Members.Count == 0 && tree.NodeOf(parent.Id).Members.Count == 0)
            return MembersTaken.None;

        using var activity = Spans.Start(Spans.Stages.TakeMembers);
        var taken = await TryTakeAsync(parent, parsed, cancellationToken);
        activity?.SetTag(Spans.Tags.Members, taken.Count);
        await CountAsync(parent, taken.Count, cancellationToken);
        logger.MembersTaken(parent.Tenant, parent.Id, parent.Latest.Number, taken.Count, taken.Refusal ?? "all of them");
        return taken;
    }

    private async Task<MembersTaken> TryTakeAsync(DocumentManifest parent, ParseResult parsed, CancellationToken cancellationToken)
    {
        var keepOld = parsed.Blocks.Count == 0;
        IReadOnlyList<MemberPlan> plans;
        try
        {
            plans = await PlanAsync(parent, parsed.Members, cancellationToken); // 1, 2
        }
        catch (ParseLimitException exception)
        {
            return new MembersTaken(await SettleAsync(parent, [], keepOld, cancellationToken), [], exception.Message);
        }
        var came = new HashSet<string>(StringComparer.Ordinal);
        var result = plans.Count > 0 ? await ReadAsync(parent, plans, came, cancellationToken) : parsed; // 3
        var whole = result.Outcome == ParseOutcome.Text;
        var count = await SettleAsync(parent, came, keepOld && !whole, cancellationToken); // 4
        return new MembersTaken(count, [.. Concealed(parent, result.Warnings).Except(parsed.Warnings, StringComparer.Ordinal)], whole ? null : result.Reason);
    }

    /// <summary>The file was read once more, and what that says has not been screened.</summary>
    private IEnumerable<string> Concealed(DocumentManifest parent, IReadOnlyList<string> warnings) =>
        warnings.Select(warning => screener.Conceal(parent.Tenant, warning));

    private async Task<IReadOnlyList<MemberPlan>> PlanAsync(
        DocumentManifest parent, IReadOnlyList<DocumentMember> members, CancellationToken cancellationToken)
    {
        if (members.Count == 0)
            return [];
        guard.RequireDepth((parent.Origin?.Depth ?? 0) + 1);
        var root = await inherited.FindRootAsync(parent, cancellationToken) ?? throw new StaleVersionException();
        var plans = await paths.PlanAsync(parent, members, cancellationToken);
        var ids = plans.Select(plan => plan.Id).ToList();
        await trees.ChangeAsync(
            parent,
            tree =>
            {
                var bytes = members.Sum(member => member.Size);
                guard.RequireRoom(tree.With(parent.Id, new DocumentTreeNode(bytes, ids)), root.Latest.Size);
                return tree.With(parent.Id, new DocumentTreeNode(bytes, [.. ids.Union(tree.NodeOf(parent.Id).Members, StringComparer.Ordinal)]));
            },
            cancellationToken);
        await RequireUploadAsync(parent, cancellationToken);
        return plans;
    }

    /// <summary>
    /// The tree of an upload that is being deleted tells its deletion what is inside, and goes with it, under the lock of the
    /// upload. Only where that is over is the tree one that was made again after it.
    /// </summary>
    private async Task RequireUploadAsync(DocumentManifest parent, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(parent.UploadId, cancellationToken);
        var root = await inherited.FindRootAsync(parent, cancellationToken);
        if (root is null)
            await store.DeleteTreeAsync(parent.Tenant, parent.UploadId, parent.UploadIncarnation, cancellationToken);
        if (root is not { Deleted: false })
            throw new StaleVersionException();
    }

    private async Task<ParseResult> ReadAsync(
        DocumentManifest parent, IReadOnlyList<MemberPlan> plans, HashSet<string> came, CancellationToken cancellationToken)
    {
        var byNumber = plans.ToDictionary(plan => plan.Member.Number);
        await using var original = await store.OpenOriginalAsync(parent.Tenant, parent.Latest, cancellationToken)
            ?? throw new InvalidOperationException($"The original of document {parent.Id} is not in the store.");
        return await reader.ReadAsync(
            original, parent.Path,
            async (member, content, token) =>
            {
                if (!byNumber.TryGetValue(member.Number, out var plan))
                    return; // a child that announces what it did not list is not believed
                await intake.TakeAsync(parent, plan, content, token);
                came.Add(plan.Id);
            },
            cancellationToken);
    }

    /// <summary>Brings the list to what is there: those of this version and, where they are to be kept, of the one before.</summary>
    /// <returns>How many.</returns>
    private async Task<int> SettleAsync(DocumentManifest parent, HashSet<string> came, bool keepOld, CancellationToken cancellationToken)
    {
        var tree = await trees.ReadAsync(parent, cancellationToken);
        var node = tree.NodeOf(parent.Id);
        var left = node.Members.Where(id => !came.Contains(id)).ToList();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        if (!keepOld)
            gone.UnionWith(left.Except(await removal.RemoveMembersAsync(parent, left, cancellationToken), StringComparer.Ordinal));
        foreach (var id in left.Where(_ => keepOld))
        {
            if (await store.FindAsync(parent.Tenant, id, cancellationToken) is null)
                gone.Add(id);
        }
        if (gone.Count > 0)
            tree = await trees.ChangeAsync(parent, current => current.Without(gone), cancellationToken);
        return tree.NodeOf(parent.Id).Members.Count;
    }

    private async Task CountAsync(DocumentManifest parent, int count, CancellationToken cancellationToken) => await manifests.ChangeAsync(
        parent,
        current => VersionGuard.IsCurrent(current, parent.LatestId) ? current with { Children = count } : throw new StaleVersionException(),
        cancellationToken);
}
