using Microsoft.Extensions.Options;
using RagApp.Ingestion.Processing.Children;
using RagApp.Parsing;
using RagApp.Storage.Documents.Trees;

namespace RagApp.Tests.Ingestion.Children;

public sealed class ChildGuardTests
{
    private static readonly DocumentTree Tree = DocumentTree.Empty("acme", "root", "root")
        .With("root", new DocumentTreeNode(100 << 20, ["a", "b"]))
        .With("a", new DocumentTreeNode(100 << 20, ["c"]));

    [Fact]
    public void RequireRoom_WithinAllBounds_Passes() =>
        Should.NotThrow(() => Guard(new MembersOptions { MaxDocuments = 3, MaxBytes = 200 << 20, MaxRatio = 200 }).RequireRoom(Tree, rootBytes: 1 << 20));

    [Fact]
    public void RequireRoom_TooManyTimesTheUpload_IsALimit() =>
        Should.Throw<ParseLimitException>(() => Guard(new MembersOptions()).RequireRoom(Tree, rootBytes: 500_000)).Message.ShouldContain("200 times");

    [Fact]
    public void RequireRoom_MuchOfVeryLittle_Passes() =>
        Should.NotThrow(() => Guard(new MembersOptions()).RequireRoom(DocumentTree.Empty("acme", "root", "root").With("root", new DocumentTreeNode(60 << 20, ["a"])), rootBytes: 1));

    [Fact]
    public void RequireRoom_CountsEveryLevel_IsALimit()
    {
        Should.Throw<ParseLimitException>(() => Guard(new MembersOptions { MaxDocuments = 2 }).RequireRoom(Tree, rootBytes: 1 << 30)).Message.ShouldContain("2 documents");
        Should.Throw<ParseLimitException>(() => Guard(new MembersOptions { MaxBytes = 150 << 20 }).RequireRoom(Tree, rootBytes: 1 << 30)).Message.ShouldContain("bytes");
    }

    [Fact]
    public void RequireDepth_OneTooDeep_IsALimit()
    {
        Should.NotThrow(() => Guard(new MembersOptions()).RequireDepth(4));
        Should.Throw<ParseLimitException>(() => Guard(new MembersOptions()).RequireDepth(5));
    }

    private static ChildGuard Guard(MembersOptions options) => new(Options.Create(options));
}
