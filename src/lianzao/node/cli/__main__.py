from lianzao.node.cli import main

main()
