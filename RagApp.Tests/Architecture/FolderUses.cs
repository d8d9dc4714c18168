using Mono.Cecil;

namespace RagApp.Tests.Architecture;

/// <summary>Dependencies between sibling folders of a project, derived from namespaces.</summary>
internal sealed class FolderUses
{
    private readonly Dictionary<(string Using, string Used), string> _examples = [];

    public void Add(TypeReference user, TypeReference used)
    {
        var from = FolderOf(user);
        var to = FolderOf(used);
        var level = from.Zip(to).TakeWhile(pair => pair.First == pair.Second).Count();
        if (level == 0 || level == from.Length || level == to.Length)
            return;
        _examples.TryAdd(
            (string.Join('.', from.Take(level + 1)), string.Join('.', to.Take(level + 1))),
            $"{Outermost(user).Name} uses {Outermost(used).Name}");
    }

    /// <summary>Every dependency that is part of a cycle, each with an example.</summary>
    public IEnumerable<string> InCircles() =>
        from use in _examples
        where IsReached(use.Key.Used, use.Key.Using)
        orderby use.Key.Using, use.Key.Used
        select $"{use.Key.Using} -> {use.Key.Used}: {use.Value}";

    private bool IsReached(string start, string end)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Stack<string>(seen);
        while (open.TryPop(out var folder))
        {
            if (folder == end)
                return true;
            foreach (var next in _examples.Keys.Where(use => use.Using == folder && seen.Add(use.Used)))
                open.Push(next.Used);
        }
        return false;
    }

    private static string[] FolderOf(TypeReference type) => Outermost(type).Namespace.Split('.');

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
