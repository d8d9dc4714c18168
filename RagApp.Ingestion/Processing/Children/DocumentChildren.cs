using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Parsing.Members;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Parsing;
using RagApp.Parsing.Members;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Documents.Trees;

namespace RagApp.Ingestion.Processing.Children;

/// <summary>
/// Makes documents of the files inside a document, before its own text is published, so that a crash leaves a job to be
/// repeated. Every step may be repeated:
/// 1. checks the declared sizes of the files against the limits of the upload, and finds their paths,
/// 2. lists them in the tree of the upload, beside those of the previous version,
/// 3. extracts them in a parser child, and stores each as it comes,
/// 4. removes documents that are not in this version, also from the tree.
/// When some files could not be extracted and the document has no text of its own, the version fails, and the documents
/// of the previous version stay searchable.
/// </summary>
internal sealed class DocumentChildren(
    IManifestStore documents,
    IOriginalStore originals,
    ITreeStore storedTrees,
    InheritedAccess inherited,
    ContentScreener screener,
    IMemberReader reader,
    DocumentTrees trees,
    ChildGuard guard,
    ChildPaths paths,
    ChildIntake intake,
    DocumentRemoval removal,
    ManifestEditor manifests,
    DocumentLocks locks,
    ILogger<DocumentChildren> logger)
{
    public async Task<ExtractedChildren> TakeAsync(DocumentManifest parent, ParseResult parsed, CancellationToken cancellationToken)
    {
        var tree = await trees.ReadAsync(parent, cancellationToken);
        if (parsed.Members.Count == 0 && tree.NodeOf(parent.Id).Members.Count == 0)
            return ExtractedChildren.None;

        using var activity = Spans.Source.StartActivity(Spans.Stages.TakeMembers);
        var taken = await TryTakeAsync(parent, parsed, cancellationToken);
        activity?.SetTag(Spans.Tags.Members, taken.Count);
        await CountAsync(parent, taken.Count, cancellationToken);
        logger.ChildrenExtracted(parent.Tenant, parent.Id, parent.Latest.Number, taken.Count, taken.Refusal ?? "all of them");
        return taken;
    }

    private async Task<ExtractedChildren> TryTakeAsync(DocumentManifest parent, ParseResult parsed, CancellationToken cancellationToken)
    {
        var keepOld = parsed.Blocks.Count == 0;
        IReadOnlyList<ChildPlan> plans;
        try
        {
            plans = await PlanAsync(parent, parsed.Members, cancellationToken); // 1, 2
        }
        catch (ParseLimitException exception)
        {
            return new ExtractedChildren(await SettleAsync(parent, [], keepOld, cancellationToken), [], exception.Message);
        }
        var came = new HashSet<string>(StringComparer.Ordinal);
        var result = plans.Count > 0 ? await ReadAsync(parent, plans, came, cancellationToken) : parsed; // 3
        var whole = result.Outcome == ParseOutcome.Text;
        var count = await SettleAsync(parent, came, keepOld && !whole, cancellationToken); // 4
        return new ExtractedChildren(count, [.. Concealed(parent, result.Warnings).Except(parsed.Warnings, StringComparer.Ordinal)], whole ? null : result.Reason);
    }

    /// <summary>The warnings with confidential data replaced: they come from a second reading of the file, which was not screened.</summary>
    private IEnumerable<string> Concealed(DocumentManifest parent, IReadOnlyList<string> warnings) =>
        warnings.Select(warning => screener.Conceal(parent.Tenant, warning));

    private async Task<IReadOnlyList<ChildPlan>> PlanAsync(
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
    /// Checks under the upload's lock that the upload exists and is not being deleted: its deletion finds extracted
    /// documents in the tree and then deletes the tree. When the upload is gone, the tree was created after the
    /// deletion and is deleted here.
    /// </summary>
    private async Task RequireUploadAsync(DocumentManifest parent, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(parent.UploadId, cancellationToken);
        var root = await inherited.FindRootAsync(parent, cancellationToken);
        if (root is null)
            await storedTrees.DeleteAsync(parent.Tenant, parent.UploadId, parent.UploadIncarnation, cancellationToken);
        if (root is not { Deleted: false })
            throw new StaleVersionException();
    }

    private async Task<ParseResult> ReadAsync(
        DocumentManifest parent, IReadOnlyList<ChildPlan> plans, HashSet<string> came, CancellationToken cancellationToken)
    {
        var byNumber = plans.ToDictionary(plan => plan.Member.Number);
        await using var original = await originals.OpenAsync(parent.Tenant, parent.Latest, cancellationToken)
            ?? throw new InvalidOperationException($"The original of document {parent.Id} is not in the store.");
        return await reader.ReadAsync(
            original, parent.Path,
            async (member, content, token) =>
            {
                if (!byNumber.TryGetValue(member.Number, out var plan))
                    return; // a member that the child did not list before is ignored
                await intake.TakeAsync(parent, plan, content, token);
                came.Add(plan.Id);
            },
            cancellationToken);
    }

    /// <summary>
    /// Updates the tree to the documents that exist: those of this version and, when they are to be kept, those of the previous
    /// one.
    /// </summary>
    /// <returns>The number of documents inside the parent.</returns>
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
            if (await documents.FindAsync(parent.Tenant, id, cancellationToken) is null)
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
