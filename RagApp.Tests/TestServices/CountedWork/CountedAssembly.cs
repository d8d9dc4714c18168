using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace RagApp.Tests.TestServices.CountedWork;

/// <summary>
/// Instruments a compiled assembly: adds a step counter at the beginning of each method and at each target of a backward
/// branch, and replaces the library's searches by <see cref="CountedSearches"/>. A search without a counted replacement
/// throws when it is called.
/// </summary>
internal static partial class CountedAssembly
{
    /// <summary>
    /// Methods of <see cref="MemoryExtensions"/> that need no counter: they look at no more than the text they compare with, or
    /// they copy, which the memory figure includes.
    /// </summary>
    private static readonly HashSet<string> Bounded = new(StringComparer.Ordinal)
    {
        "AsSpan", "AsMemory", "StartsWith", "EndsWith", "SequenceEqual", "SequenceCompareTo", "Equals", "CompareTo", "CopyTo", "TryCopyTo", "ToUpper", "ToLower", "ToUpperInvariant", "ToLowerInvariant",
        "Trim", "TrimStart", "TrimEnd", "Split", "SplitAny", "Fill", "Reverse", "Sort", "BinarySearch", "TryWrite", "EnumerateRunes", "GetAlternateLookup", "Overlaps", "Replace",
    };

    private static readonly Dictionary<string, System.Reflection.MethodInfo> Searches = typeof(CountedSearches)
        .GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly)
        .ToDictionary(search => $"{search.Name}({string.Join(',', search.GetParameters().Select(parameter => NameOf(parameter.ParameterType)))})", StringComparer.Ordinal);

    public static MemoryStream Write(string path)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(path));
        foreach (var framework in new[] { typeof(object), typeof(Microsoft.AspNetCore.Builder.WebApplication) })
            resolver.AddSearchDirectory(Path.GetDirectoryName(framework.Assembly.Location));
        using var assembly = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = resolver });
        var module = assembly.MainModule;
        var step = module.ImportReference(typeof(Work).GetMethod(nameof(Work.Step)));
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            method.Body.SimplifyMacros();
            CountSearches(method, module);
            CountSteps(method.Body, step);
        }
        var written = new MemoryStream();
        assembly.Write(written);
        written.Position = 0;
        return written;
    }

    private static void CountSteps(MethodBody body, MethodReference step)
    {
        var places = body.Instructions.Select((instruction, at) => (instruction, at)).ToDictionary(pair => pair.instruction, pair => pair.at);
        var counted = new HashSet<Instruction> { body.Instructions[0] };
        foreach (var (instruction, at) in places)
        {
            if (instruction.Operand is Instruction target && places[target] <= at)
                counted.Add(target);
        }
        var il = body.GetILProcessor();
        foreach (var instruction in counted)
        {
            // A branch to this instruction must reach the counter first: the instruction becomes the counter, and a copy follows it.
            var moved = il.Create(OpCodes.Nop);
            (moved.OpCode, moved.Operand) = (instruction.OpCode, instruction.Operand);
            il.InsertAfter(instruction, moved);
            (instruction.OpCode, instruction.Operand) = (OpCodes.Call, step);
        }
    }

    private static void CountSearches(MethodDefinition method, ModuleDefinition module)
    {
        foreach (var call in method.Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Call).ToList())
        {
            if (call.Operand is not MethodReference { DeclaringType.FullName: "System.MemoryExtensions" or "System.Globalization.StringInfo" } called || !LooksAtText(called))
                continue;
            var parameters = string.Join(',', called.Parameters.Select(parameter => NameOf(parameter.ParameterType)));
            if (Searches.TryGetValue($"{called.Name}({parameters})", out var search))
                call.Operand = module.ImportReference(search);
            else if (!Bounded.Contains(called.Name))
                Insert(method.Body.GetILProcessor(), call, $"{called.Name}({parameters})", module.ImportReference(typeof(Work).GetMethod(nameof(Work.Refuse))));
        }
    }

    private static void Insert(ILProcessor il, Instruction before, string search, MethodReference refuse)
    {
        il.InsertBefore(before, il.Create(OpCodes.Ldstr, search));
        il.InsertBefore(before, il.Create(OpCodes.Call, refuse));
    }

    private static bool LooksAtText(MethodReference called) =>
        called is not GenericInstanceMethod generic || generic.GenericArguments[0].FullName == "System.Char";

    /// <summary>Name of a type that is the same for a type of the library and for one in a compiled assembly, where a search is generic.</summary>
    private static string NameOf(TypeReference type) => ArityOf().Replace(type.FullName.Replace("!!0", "System.Char", StringComparison.Ordinal), "");

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Namespace}.{ArityOf().Replace(type.Name, "")}<{string.Join(',', type.GetGenericArguments().Select(NameOf))}>" : type.FullName!;

    [GeneratedRegex("`[0-9]+", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex ArityOf();
}
