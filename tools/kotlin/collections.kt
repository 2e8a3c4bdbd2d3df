// Collections of the standard library: maps of text, sorting, groups, sets, a queue, sequences.

private data class Word(val text: String, val number: Int)

fun main() {
    var seed = 7
    fun random(below: Int): Int {
        seed = seed * 1103515245 + 12345
        return (seed ushr 8) % below
    }
    var checksum = 0
    repeat(20) { round ->
        val words = List(20000) { Word("w" + random(5000).toString(36), it) }
        val counts = HashMap<String, Int>()
        for (word in words) counts[word.text] = (counts[word.text] ?: 0) + 1
        val common = counts.entries.sortedWith(compareBy({ -it.value }, { it.key })).take(10)
        val groups = words.groupBy { it.text.length }.mapValues { (_, group) -> group.sumOf { it.number } }
        val distinct = LinkedHashSet(words.map { it.text.reversed() })
        val queue = ArrayDeque<Int>()
        for (word in words) {
            queue.addLast(word.number)
            if (queue.size > 100) checksum = checksum * 31 + queue.removeFirst()
        }
        val sorted = words.asSequence().filter { it.number % 3 == 0 }.map { it.text }.sorted().toList()
        val text = buildString { for (word in sorted.take(2000)) append(word).append(' ') }
        checksum = checksum * 31 + text.hashCode()
        if (round % 5 == 0) {
            println("round $round: ${counts.size} words, ${distinct.size} reversed, groups ${groups.toSortedString()}")
            println("  the most common: " + common.joinToString { "${it.key} ${it.value}" })
        }
    }
    println("checksum $checksum")
}

private fun Map<Int, Int>.toSortedString() = keys.sorted().joinToString(" ") { "$it:${this[it]}" }
