using RagApp.Contracts.Identity;
using RagApp.Storage.Access;

namespace RagApp.Tests.Storage;

public sealed class AccessFilterTests
{
    private static readonly AccessFilter Alice = AccessFilter.For(new Principal("acme", "alice", ["staff", "finance"], ["admin"], Region: null));

    [Theory]
    [InlineData("public")]
    [InlineData("user:alice")]
    [InlineData("group:staff")]
    [InlineData("user:bob", "group:finance")]
    public void Allows_AnEntryOfThePrincipal_IsTrue(params string[] access) =>
        Alice.Allows("acme", access).ShouldBeTrue();

    [Theory]
    [InlineData]
    [InlineData("user:bob")]
    [InlineData("group:engineering")]
    [InlineData("group:Staff")]
    [InlineData("group:staf")]
    [InlineData("user:ALICE")]
    [InlineData("alice", "staff", "*", "", "Public", "user:", "group:")]
    [InlineData("group:admin", "role:admin", "admin")]
    public void Allows_NoEntryOfThePrincipal_IsFalse(params string[] access) =>
        Alice.Allows("acme", access).ShouldBeFalse();

    [Theory]
    [InlineData("globex")]
    [InlineData("ACME")]
    [InlineData("acme ")]
    [InlineData("")]
    public void Allows_OtherTenant_IsFalseEvenForPublic(string tenant) =>
        Alice.Allows(tenant, ["public", "user:alice"]).ShouldBeFalse();

    [Theory]
    [InlineData("", "alice")]
    [InlineData(" ", "alice")]
    [InlineData("acme", "")]
    [InlineData("acme", " ")]
    public void For_NoTenantOrSubject_Throws(string tenant, string subject) =>
        Should.Throw<ArgumentException>(() => AccessFilter.For(new Principal(tenant, subject, [], [], Region: null)));

    [Fact]
    public void Entries_Principal_AreItselfItsGroupsAndPublic() =>
        Alice.Entries.ShouldBe(["public", "user:alice", "group:staff", "group:finance"], ignoreOrder: true);

    [Fact]
    public void For_SubjectNamedLikeAGroup_IsNoMember() =>
        AccessFilter.For(new Principal("acme", "group:finance", [], [], Region: null)).Allows("acme", ["group:finance"]).ShouldBeFalse();
}
