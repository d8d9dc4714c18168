using RagApp.Storage.Documents.Trees;

namespace RagApp.Tests.Storage;

public sealed class DocumentTreeTests
{
    private static readonly DocumentTree Tree = DocumentTree.Empty("acme", "root", "root")
        .With("root", new DocumentTreeNode(10, ["zip", "text"]))
        .With("zip", new DocumentTreeNode(20, ["inner", "other"]))
        .With("inner", new DocumentTreeNode(5, ["deep"]));

    [Fact]
    public void Inside_Nested_NamesAllOuterFirst() => Tree.Inside("root").ShouldBe(["zip", "text", "inner", "other", "deep"]);

    [Fact]
    public void Inside_Circle_Ends() =>
        Tree.With("deep", new DocumentTreeNode(1, ["root"])).Inside("zip").ShouldBe(["inner", "other", "deep", "root", "text"], ignoreOrder: true);

    [Fact]
    public void Without_Nested_ForgetsWhatWasInIt()
    {
        var tree = Tree.Without(["zip"]);

        tree.Inside("root").ShouldBe(["text"]);
        tree.Nodes.Keys.ShouldBe(["root"]);
    }

    [Fact]
    public void With_NoMembers_ForgetsTheNode() => Tree.With("inner", DocumentTreeNode.Empty).Nodes.Keys.ShouldNotContain("inner");
}
