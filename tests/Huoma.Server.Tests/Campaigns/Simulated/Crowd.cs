namespace Huoma.Server.Tests.Campaigns.Simulated;

/// <summary>2,000 honest people and 500 cheats, or a part of them, wave after wave; the same for the same seed.</summary>
internal sealed class Crowd
{
    public const int Honest = 2_000;
    public const int Cheats = 500;
    private const int AllWaves = 16;

    private const int Roots = 20;

    private static readonly (Sort Sort, int Count)[] Others =
    [
        (Sort.SelfInviter, 50), (Sort.Replayer, 50), (Sort.Forger, 50), (Sort.Comeback, 50), (Sort.OldMember, 50), (Sort.TwiceInvited, 50), (Sort.Late, 30),
    ];

    private readonly List<Person> people = [];

    /// <param name="part">1: all of them; 4: a quarter, in a quarter of the waves.</param>
    public Crowd(Random random, int part)
    {
        Waves = AllWaves / part;
        for (var person = 0; person < Honest / part; person++)
        {
            Add(Sort.Honest);
        }

        First = [.. people.Take(Roots)];
        Rings = [.. Enumerable.Range(0, 20 / part).Select(ring => Some(Sort.InRing, 2 + (ring % 4)))];
        Farms = [.. Enumerable.Range(0, 5 / part).Select(_ => Some(Sort.Farmed, 20))];
        foreach (var (sort, count) in Others)
        {
            Some(sort, count / part);
        }

        OldMembers = [.. people.Where(person => person.Sort == Sort.OldMember)];
        Late = [.. people.Where(person => person.Sort == Sort.Late)];
        var coming = people.Where(person => !First.Contains(person) && person.Sort is not (Sort.InRing or Sort.Farmed or Sort.Late)).ToArray();
        random.Shuffle(coming);
        Coming = [.. coming.Chunk((coming.Length + Waves - 1) / Waves)];
    }

    public int Waves { get; }

    public int Count => people.Count;

    /// <summary>Those with whom it begins: nobody invited them.</summary>
    public IReadOnlyList<Person> First { get; }

    /// <summary>Who comes in which wave, besides rings and farms.</summary>
    public IReadOnlyList<Person[]> Coming { get; }

    public IReadOnlyList<IReadOnlyList<Person>> Rings { get; }

    /// <summary>The first of each takes part; the others are the cookies.</summary>
    public IReadOnlyList<IReadOnlyList<Person>> Farms { get; }

    public IReadOnlyList<Person> OldMembers { get; }

    public IReadOnlyList<Person> Late { get; }

    private IReadOnlyList<Person> Some(Sort sort, int count) => [.. Enumerable.Range(0, count).Select(_ => Add(sort))];

    private Person Add(Sort sort)
    {
        var person = new Person(people.Count, sort);
        people.Add(person);
        return person;
    }
}
