using System.Reflection;
using System.Runtime.CompilerServices;
using Huoma.Domain;

namespace Huoma.Server.Tests.Architecture;

/// <summary>Classes are sealed, the server's types internal (rule 2).</summary>
public sealed class TypeTests
{
    private static readonly List<Type> DomainTypes = Ours(typeof(Refusal).Assembly, "Huoma.Domain");
    private static readonly List<Type> ServerTypes = Ours(typeof(Routes).Assembly, "Huoma.Server");

    [Fact]
    public void Classes_AreSealed()
    {
        var classes = DomainTypes.Concat(ServerTypes).Where(type => type.IsClass && !IsPage(type)).ToList();

        classes.Where(type => !type.IsSealed && !IsClosedUnion(type)).Select(type => type.FullName).ShouldBeEmpty();
        classes.ShouldContain(type => IsClosedUnion(type));
        classes.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void ServerTypes_AreInternal()
    {
        // The compiler wants what a page takes to be as public as the page.
        var taken = ServerTypes.Where(IsPage).SelectMany(page => page.GetProperties()).Select(property => property.PropertyType).ToList();
        var reachable = taken.Concat(taken.SelectMany(type => type.GetProperties()).Select(property => property.PropertyType))
            .SelectMany(type => type.IsGenericType ? type.GetGenericArguments() : [type]).ToHashSet();

        ServerTypes.Where(type => type.IsPublic && !IsPage(type) && !reachable.Contains(type)).Select(type => type.FullName).ShouldBeEmpty();
        ServerTypes.Count(type => !type.IsPublic).ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Names_SayWhatTheThingIs()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Base", "Impl", "Service", "Dto", "Info", "Data"];

        DomainTypes.Concat(ServerTypes).Where(type => empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal))).Select(type => type.FullName).ShouldBeEmpty();
    }

    private static List<Type> Ours(Assembly assembly, string prefix) => [.. assembly.GetTypes().Where(type =>
        type.Namespace is { } space && (space == prefix || space.StartsWith(prefix + ".", StringComparison.Ordinal)) && !IsMadeByTheCompiler(type))];

    private static bool IsMadeByTheCompiler(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || type.Name.Contains('<') || (type.DeclaringType is { } outer && IsMadeByTheCompiler(outer));

    // Razor makes its pages public and open.
    private static bool IsPage(Type type) => type.Name == "_Imports" || type.IsAssignableTo(typeof(Microsoft.AspNetCore.Components.IComponent));

    // Rule 4: abstract, with nothing but private ways to make one (and the copy constructor of records).
    private static bool IsClosedUnion(Type type) => type.IsAbstract
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .All(made => made.IsPrivate || (made.GetParameters() is [var copied] && copied.ParameterType == type));
}
